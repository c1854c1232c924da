import { isDeepStrictEqual } from 'node:util';
import { SeedRejected } from '../../../functions/core/article/article.ts';
import { readSeed } from '../../../functions/core/article/read-seed.ts';
import type { Body, Entry } from '../../../functions/core/entry.ts';
import { decideFiling } from '../../../functions/core/filing/decide-filing.ts';
import { fileArticle } from '../../../functions/core/filing/file-article.ts';
import { versionOf } from '../../../functions/core/filing/version-of.ts';
import type { Publication } from '../../../functions/core/publication.ts';
import { slugOf } from '../../../functions/core/slug.ts';
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

/**
 * Reads and files a seed as another publication of the same settings would, and compares what comes of it.
 * @returns the names of what differs; none where every document would be the same
 */
export const differencesOf = ({ key, seed, standing, publication, site, now }: Proof): string[] => {
  const { timeZone } = publication;
  try {
    const bytes = new TextEncoder().encode(seed);
    const article = readSeed({ key, bytes, timeZone, uploadedAt: now, site });
    const { version, body } = versionOf(article, { publicationId: publication.id, key, sequencer: '' });
    const { id } = standing.entry;
    const previous = standing.waiting && {
      ...standing.waiting,
      ...{ sources: [], state: 'expected' as const, placements: [], left: [] },
    };
    const seeds = [{ key, sequencer: '', kind: 'seed' as const, modified: now, version }];
    const filing = {
      id,
      previous,
      seeds,
      now: standing.due === undefined ? now : laterThan(now, standing.due),
    };
    const decision = decideFiling(filing);
    if (decision.kind !== 'publish') return ['date'];
    const record = fileArticle(filing, decision, { slug: slugOf(version.slugWish, 'article') }, timeZone);
    const { revision: _made, body: _place, ...made } = record.entry ?? standing.entry;
    const { revision: _revision, body: _body, ...told } = standing.entry;
    const differing = new Map(Object.entries({ ...made, ...body }));
    const wanted = new Map(Object.entries({ ...told, ...standing.body, cut: body.cut, id: version.id }));
    const names = [...new Set([...differing.keys(), ...wanted.keys()])].filter(
      (name) => !isDeepStrictEqual(differing.get(name), wanted.get(name)),
    );
    const isToldAnew = decision.needsArrival && standing.due === undefined;
    const isPlaced = record.announced === standing.announced;
    return [
      ...names,
      ...(isToldAnew || !isPlaced ? ['announced'] : []),
      ...(version.id === id ? [] : ['id']),
    ];
  } catch (error) {
    if (error instanceof SeedRejected) return [error.message];
    throw error;
  }
};

/** A moment after the article is due, by which it is published. */
const laterThan = (now: string, due: string): string => (due > now ? due : now);
