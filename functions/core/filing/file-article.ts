import type { Entry } from '../entry.ts';
import { announcedOf, type Decision, type Filing, type Publication } from './decide-filing.ts';
import { placementsOf } from './lists.ts';
import type { ArticleRecord, Placement } from './records.ts';

/** What the builder claimed for an article that is published for the first time. */
export interface Claims {
  readonly slug?: string | undefined;
  readonly arrival?: number | undefined;
  readonly returned?: number | undefined;
  readonly corrected?: number | undefined;
}

/** The article's next record. `left` names the places whose documents must still forget it. */
export const fileArticle = (
  filing: Filing,
  decision: Decision,
  claims: Claims,
  timeZone: string,
): ArticleRecord => {
  const { previous } = filing;
  const state = stateOf(filing, decision, claims);
  const placements = placementsOf(state, timeZone);
  return {
    ...state,
    placements,
    left: without([...(previous?.placements ?? []), ...(previous?.left ?? [])], placements),
  };
};

type State = Omit<ArticleRecord, 'placements' | 'left'>;

const stateOf = (filing: Filing, decision: Decision, claims: Claims): State => {
  const { id, previous, seeds, now } = filing;
  const sources = seeds.map(({ key }) => key).sort();
  const kept = {
    id,
    sources,
    ...(previous?.entry && { entry: previous.entry }),
    ...(previous?.firstUpload && { firstUpload: previous.firstUpload }),
    ...(previous?.arrival !== undefined && { arrival: previous.arrival }),
    ...(previous?.announced && { announced: previous.announced }),
    ...(previous?.returned !== undefined && { returned: previous.returned }),
    ...(previous?.corrected !== undefined && { corrected: previous.corrected }),
    ...(previous?.page && { page: previous.page }),
  };
  if (decision.kind === 'schedule') return { ...kept, state: 'scheduled', due: decision.due };
  if (decision.kind === 'withdraw') {
    const wasVisible = previous?.state === 'published';
    return { ...kept, state: 'withdrawn', withdrawnAt: wasVisible ? now : (previous?.withdrawnAt ?? now) };
  }
  const slug = previous?.entry?.slug ?? claims.slug;
  if (slug === undefined) throw new Error(`article ${id} is to be published without a slug`);
  const arrival = previous?.arrival ?? claims.arrival;
  const announced = arrival === undefined ? announcedOf(decision.seed, previous) : undefined;
  return {
    ...kept,
    state: 'published',
    entry: entryOf({ id, slug, previous: previous?.entry }, decision),
    firstUpload: previous?.firstUpload ?? decision.seed.modified,
    ...(arrival !== undefined && { arrival }),
    ...(announced && { announced }),
    ...(claims.returned !== undefined && { returned: claims.returned }),
    ...(claims.corrected !== undefined && { corrected: claims.corrected }),
  };
};

const entryOf = (
  { id, slug, previous }: { id: string; slug: string; previous: Entry | undefined },
  { seed, published, dateOnly, updated }: Publication,
): Entry => {
  const { slugWish: _slugWish, published: _stated, updated: _updated, ...version } = seed.version;
  const { announced: _announced, correction, corrected, ...told } = version;
  const entry = { ...told, id, slug, published, dateOnly, updated };
  if (correction === undefined) return entry;
  // The date of a correction stays when something else is edited later.
  const before = previous?.correction?.text === correction ? previous.correction.at : undefined;
  return { ...entry, correction: { text: correction, at: corrected ?? before ?? seed.modified } };
};

const without = (places: readonly Placement[], taken: readonly Placement[]): Placement[] => {
  const names = new Set(taken.map(placeName));
  const left = new Map(
    places.filter((place) => !names.has(placeName(place))).map((place) => [placeName(place), place]),
  );
  return [...left.values()];
};

const placeName = ({ list, sort }: Placement): string => `${list}\n${sort}`;
