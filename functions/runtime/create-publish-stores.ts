import { createArticleStore } from '../adapters/table/articles.ts';
import { createBuildStore } from '../adapters/table/build.ts';
import { createCadenceStateStore } from '../adapters/table/cadence-states.ts';
import type { TableClient } from '../adapters/table/client.ts';
import { createConsentWordsStore } from '../adapters/table/consent-words.ts';
import { createIssueStore } from '../adapters/table/issues.ts';
import { createLinkStore } from '../adapters/table/links.ts';
import { createListStore } from '../adapters/table/lists.ts';
import { createPictureStore } from '../adapters/table/pictures.ts';
import { createPreviewStore } from '../adapters/table/previews.ts';
import { createRefusalStore } from '../adapters/table/refusals.ts';
import { createSeedStore } from '../adapters/table/seeds.ts';
import { createSentArticleStore } from '../adapters/table/sent-articles.ts';

/** The stores of publishing: apart from the others, so that `publish` makes fewer schemas when it starts. */
export const createPublishStores = (table: TableClient) => ({
  seeds: createSeedStore(table),
  articles: createArticleStore(table),
  links: createLinkStore(table),
  lists: createListStore(table),
  pictures: createPictureStore(table),
  previews: createPreviewStore(table),
  build: createBuildStore(table),
  cadenceStates: createCadenceStateStore(table),
  issues: createIssueStore(table),
  sentArticles: createSentArticleStore(table),
  consentWords: createConsentWordsStore(table),
  refusals: createRefusalStore(table),
});
