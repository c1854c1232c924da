import type { BodyReader } from '../adapters/body-reader.ts';
import type { Bucket } from '../adapters/bucket.ts';
import type { Queue } from '../adapters/queue.ts';
import type { SeedParser } from '../adapters/seed-parser.ts';
import type { ArticleStore } from '../adapters/table/articles.ts';
import type { BuildStore } from '../adapters/table/build.ts';
import type { BuilderMemory } from '../adapters/table/builder-memory.ts';
import type { CadenceStateStore } from '../adapters/table/cadence-states.ts';
import type { ConsentWordsStore } from '../adapters/table/consent-words.ts';
import type { IssueStore } from '../adapters/table/issues.ts';
import type { LinkStore } from '../adapters/table/links.ts';
import type { ListStore } from '../adapters/table/lists.ts';
import type { PictureStore } from '../adapters/table/pictures.ts';
import type { PreviewStore } from '../adapters/table/previews.ts';
import type { RefusalStore } from '../adapters/table/refusals.ts';
import type { SeedStore } from '../adapters/table/seeds.ts';
import type { SentArticleStore } from '../adapters/table/sent-articles.ts';
import type { WebSubClient } from '../adapters/websub.ts';
import type { Publication } from '../core/publication.ts';
import type { Render } from '../core/render.ts';
import type { Log, RunCorrelated } from '../platform/logger.ts';

export interface PublishServices {
  readonly publication: Publication;
  readonly site: string;
  /** Fingerprint of all that shapes every document besides the records: settings, templates, code. */
  readonly buildVersion: string;
  readonly render: Render;
  /** Files of the site that belong to the publication's theme, by their paths, in Base64. */
  readonly themeFiles: Readonly<Record<string, string>>;
  readonly buckets: { readonly seeds: Bucket; readonly site: Bucket; readonly internal: Bucket };
  readonly bodies: BodyReader;
  readonly seeds: SeedStore;
  readonly articles: ArticleStore;
  readonly links: LinkStore;
  readonly lists: ListStore;
  readonly pictures: PictureStore;
  readonly previews: PreviewStore;
  readonly refusals: RefusalStore;
  readonly cadenceStates: CadenceStateStore;
  readonly consentWords: Pick<ConsentWordsStore, 'add'>;
  readonly issues: IssueStore;
  readonly sentArticles: SentArticleStore;
  readonly build: BuildStore;
  readonly memory: BuilderMemory;
  readonly seedParser: SeedParser;
  readonly uploadsQueue: Queue;
  /** Where the settings offer immediate issues. */
  readonly issuesQueue?: Queue | undefined;
  readonly webSub: WebSubClient;
  readonly now: () => Date;
  readonly createId: () => string;
  readonly log: Log;
  readonly runCorrelated: RunCorrelated;
}
