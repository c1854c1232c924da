import { isDeepStrictEqual } from 'node:util';
import { parseSeed } from '../../../functions/core/article/parse-seed.ts';
import { SeedRejected } from '../../../functions/core/article.ts';
import type { ArticleBody, Entry } from '../../../functions/core/entry.ts';
import { buildArticleRecord } from '../../../functions/core/lifecycle/build-article-record.ts';
import { decideLifecycle } from '../../../functions/core/lifecycle/decide-lifecycle.ts';
import { toSeedVersion } from '../../../functions/core/lifecycle/seed-version.ts';
import { resolveImage } from '../../../functions/core/links/resolve-image.ts';
import type { Publication } from '../../../functions/core/publication.ts';
import { toSlug } from '../../../functions/core/text/slug.ts';
import { type ArrivalNumbers, buildExpectedRecord } from './export-files.ts';

export interface ArticleSnapshot {
  readonly entry: Entry;
  readonly body: Pick<ArticleBody, 'html' | 'text'>;
  readonly formerPaths: readonly string[];
  /** Absent while it waits for its time: then when it is due is all that is known of its filing. */
  readonly due?: string | undefined;
  /** When it leaves the site. */
  readonly expires?: string | undefined;
  /** When it was announced, for what is not to be announced anew. */
  readonly announced?: string | undefined;
  readonly waiting?: ArrivalNumbers | undefined;
}

export interface SeedComparison {
  readonly key: string;
  readonly seed: string;
  readonly snapshot: ArticleSnapshot;
  readonly publication: Publication;
  readonly site: string;
  readonly now: string;
}

/** Reads and files a seed as another publication of the same settings would, once it is due. */
const publishAgain = ({ key, seed, snapshot, publication, site, now }: SeedComparison) => {
  const { entry, due, waiting } = snapshot;
  const { timeZone, language } = publication;
  const bytes = new TextEncoder().encode(seed);
  // An edit within a second of another is dated up to two seconds ahead. By the time of an import they have passed.
  const uploadedAt = due === undefined && entry.updated > now ? entry.updated : now;
  const article = parseSeed({ key, bytes, timeZone, language, uploadedAt, site });
  const { version, body } = toSeedVersion(article, { publicationId: publication.id, key, sequencer: '', site });
  const lifecycleInput = {
    id: entry.id,
    previous: waiting && buildExpectedRecord(waiting),
    seeds: [{ key, sequencer: '', uploadedAt, version, kind: 'seed' as const }],
    now: due !== undefined && due > uploadedAt ? due : uploadedAt,
  };
  const decision = decideLifecycle(lifecycleInput);
  if (decision.kind !== 'publish') return undefined;
  const record = buildArticleRecord(
    lifecycleInput,
    decision,
    { slug: toSlug(version.slugSource, 'article') },
    timeZone,
  );
  return { version, body, record, isAnnouncedAgain: decision.needsArrival && due === undefined };
};

const selectShownFields = ({
  revision: _made,
  bodyKey: _place,
  bodyLength: _length,
  references: _references,
  links: _links,
  files: _files,
  // The builder finds them by their addresses in the body.
  pictures: _pictures,
  ...shown
}: Entry): Record<string, unknown> => shown;

/** As it is on the site. */
const resolveEntryImage = ({ image, ...made }: Entry, { snapshot: { entry }, site }: SeedComparison): Entry => {
  const shown = image && resolveImage(image, made, site, (reference) => entry.links?.[reference]);
  return { ...made, ...(shown && { image: shown }) };
};

/** Names of what would differ in another publication of the same settings. */
export const compareSeed = (comparison: SeedComparison): string[] => {
  const { entry, body, announced, expires, formerPaths } = comparison.snapshot;
  try {
    const published = publishAgain(comparison);
    if (!published?.record.entry) return ['date'];
    const { version, record, isAnnouncedAgain } = published;
    const made = {
      ...selectShownFields(resolveEntryImage(published.record.entry, comparison)),
      html: published.body.html,
      text: published.body.text,
      id: version.id,
    };
    const wanted = { ...selectShownFields(entry), html: body.html, text: body.text };
    const [left, right] = [new Map(Object.entries(made)), new Map(Object.entries(wanted))];
    const differing = [...new Set([...left.keys(), ...right.keys()])].filter(
      (name) => !isDeepStrictEqual(left.get(name), right.get(name)),
    );
    if (version.expiresAt !== expires) differing.push('expiryDate');
    if (formerPaths.some((path) => !version.aliases?.includes(path))) differing.push('aliases');
    return [...differing, ...(isAnnouncedAgain || record.announcedAt !== announced ? ['announced'] : [])];
  } catch (error) {
    if (error instanceof SeedRejected) return [error.message];
    throw error;
  }
};
