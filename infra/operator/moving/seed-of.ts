import type { Publication } from '../../../functions/core/publication.ts';
import { completeFrontMatter } from './complete-front-matter.ts';
import { formatSeed, type MovedArticle } from './format-seed.ts';
import { portableAddress, portableAddresses } from './portable-addresses.ts';
import { differencesOf, type Standing } from './prove-seed.ts';

/** An article that is to become a seed. */
export interface Source {
  /** Of the seed that is made. */
  readonly key: string;
  /** An author's own Markdown that says what stands on the site. */
  readonly original?: string | undefined;
  readonly standing: Standing;
  /** Whether its seed states a date, and when it was changed. */
  readonly states: { readonly date: boolean; readonly updated: boolean };
  /** Its address, if it has had one. */
  readonly slug?: string | undefined;
}

/** Where it comes from, and goes to: the same, as far as it is known. */
export interface Place {
  readonly publication: Publication;
  readonly site: string;
  readonly now: string;
}

/** What the seed says of `updated`: what waits for its time has not been changed yet. */
const updatedOf = ({ standing: { due, entry }, states }: Source): string | undefined =>
  due === undefined || states.updated ? entry.updated : undefined;

const completed = (source: Source, original: string): string => {
  const { standing, states, slug } = source;
  const { entry, announced } = standing;
  return completeFrontMatter(original, {
    date: states.date ? undefined : entry.published,
    updated: updatedOf(source),
    announced,
    slug,
    id: entry.id,
    corrected: entry.correction?.at,
  });
};

const converted = (source: Source, { site }: Place, isPortable: boolean): MovedArticle => {
  const { key, standing, slug } = source;
  const { entry, body, announced } = standing;
  const hasPicture = body.html.includes('<img ');
  const image = entry.image && {
    ...entry.image,
    url: isPortable ? portableAddress(entry.image.url, site, key) : entry.image.url,
  };
  return {
    title: entry.title,
    date: { at: entry.published, dateOnly: entry.dateOnly },
    updated: updatedOf(source),
    authors: entry.authors.map(({ name }) => name),
    editors: entry.editors,
    topics: entry.topics.map(({ name }) => name),
    summary: entry.summary,
    ...{ announced, slug, id: entry.id },
    image: image ?? (hasPicture ? 'none' : undefined),
    language: entry.language,
    canonical: entry.canonical,
    source: entry.source,
    dateline: entry.dateline,
    correction: entry.correction,
    email: entry.email,
    body: {
      kind: 'html',
      html: isPortable ? portableAddresses(body.html, site, key) : body.html,
      exact: true,
    },
  };
};

/**
 * An article as a Markdown seed from which the same documents come: the author's own text where there is one, else the
 * body as it stands on the site.
 * @returns the seed, and the names of what will differ all the same; mostly none
 */
export const seedOf = (
  source: Source,
  place: Place,
): { readonly seed: string; readonly differences: readonly string[] } => {
  const { key, standing, original } = source;
  const ways = [
    ...(original === undefined ? [] : [() => completed(source, original)]),
    () => formatSeed(converted(source, place, true), place.publication.timeZone),
    () => formatSeed(converted(source, place, false), place.publication.timeZone),
  ];
  let best: { seed: string; differences: readonly string[] } | undefined;
  for (const write of ways) {
    const seed = write();
    const differences = differencesOf({ key, seed, standing, ...place });
    if (differences.length === 0) return { seed, differences };
    if (!best || differences.length < best.differences.length) best = { seed, differences };
  }
  return best ?? { seed: '', differences: [] };
};
