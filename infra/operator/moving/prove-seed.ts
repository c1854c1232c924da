import { isDeepStrictEqual } from 'node:util';
import { SeedRejected } from '../../../functions/core/article/article.ts';
import { readSeed } from '../../../functions/core/article/read-seed.ts';
import type { Body, Entry } from '../../../functions/core/entry.ts';
import { decideFiling } from '../../../functions/core/filing/decide-filing.ts';
import { fileArticle } from '../../../functions/core/filing/file-article.ts';
import { versionOf } from '../../../functions/core/filing/version-of.ts';
import type { Publication } from '../../../functions/core/publication.ts';
import { slugOf } from '../../../functions/core/slug.ts';
import { expectedRecord } from './expected-record.ts';
import type { Numbers } from './layout.ts';

/** An article as it stands, and as what it is to come out of its seed. */
export interface Standing {
  readonly entry: Entry;
  readonly body: Pick<Body, 'html' | 'text'>;
  /** Absent while it waits for its time: then when it is due is all that is known of its filing. */
  readonly due?: string | undefined;
  /** When it was announced, for what is not to be announced anew. */
  readonly announced?: string | undefined;
  readonly waiting?: Numbers | undefined;
}

export interface Proof {
  readonly key: string;
  readonly seed: string;
  readonly standing: Standing;
  readonly publication: Publication;
  readonly site: string;
  readonly now: string;
}

/** Reads and files a seed as another publication of the same settings would, once it is due. */
const file = ({ key, seed, standing, publication, site, now }: Proof) => {
  const { entry, due, waiting } = standing;
  const { timeZone } = publication;
  const bytes = new TextEncoder().encode(seed);
  const article = readSeed({ key, bytes, timeZone, uploadedAt: now, site });
  const { version, body } = versionOf(article, { publicationId: publication.id, key, sequencer: '' });
  const filing = {
    id: entry.id,
    previous: waiting && expectedRecord(waiting),
    seeds: [{ ...{ key, sequencer: '', modified: now, version }, kind: 'seed' as const }],
    now: due !== undefined && due > now ? due : now,
  };
  const decision = decideFiling(filing);
  if (decision.kind !== 'publish') return undefined;
  const record = fileArticle(filing, decision, { slug: slugOf(version.slugWish, 'article') }, timeZone);
  return { version, body, record, isToldAnew: decision.needsArrival && due === undefined };
};

/** What documents show of an entry, by name. */
const shownOf = ({ revision: _made, body: _place, ...shown }: Entry): Record<string, unknown> => shown;

/**
 * Compares an article with what comes of its seed in another publication of the same settings.
 * @returns the names of what differs; none where every document would be the same
 */
export const differencesOf = (proof: Proof): string[] => {
  const { entry, body, announced } = proof.standing;
  try {
    const filed = file(proof);
    if (!filed?.record.entry) return ['date'];
    const { version, record, isToldAnew } = filed;
    const made = {
      ...shownOf(filed.record.entry),
      html: filed.body.html,
      text: filed.body.text,
      id: version.id,
    };
    const wanted = { ...shownOf(entry), html: body.html, text: body.text };
    const [left, right] = [new Map(Object.entries(made)), new Map(Object.entries(wanted))];
    const differing = [...new Set([...left.keys(), ...right.keys()])].filter(
      (name) => !isDeepStrictEqual(left.get(name), right.get(name)),
    );
    return [...differing, ...(isToldAnew || record.announced !== announced ? ['announced'] : [])];
  } catch (error) {
    if (error instanceof SeedRejected) return [error.message];
    throw error;
  }
};
