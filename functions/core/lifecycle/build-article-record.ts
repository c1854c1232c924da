import type { Entry } from '../entry.ts';
import {
  findAnnouncedAt,
  type LifecycleDecision,
  type LifecycleInput,
  type PublishDecision,
} from './decide-lifecycle.ts';
import { toListPositions } from './list-positions.ts';
import type { ArticleRecord, ListPosition } from './records.ts';

/** What the builder claimed for an article that is published for the first time. */
export interface AllocatedFields {
  readonly slug?: string | undefined;
  readonly arrival?: number | undefined;
  readonly returned?: number | undefined;
  readonly corrected?: number | undefined;
}

/** The article's next record. `left` names the places whose documents must still forget it. */
export const buildArticleRecord = (
  filing: LifecycleInput,
  decision: LifecycleDecision,
  claims: AllocatedFields,
  timeZone: string,
): ArticleRecord => {
  const { previous } = filing;
  const state = buildRecordState(filing, decision, claims);
  const placements = toListPositions(state, timeZone);
  return {
    ...state,
    positions: placements,
    stalePositions: removePositions(
      [...(previous?.positions ?? []), ...(previous?.stalePositions ?? [])],
      placements,
    ),
  };
};

type RecordState = Omit<ArticleRecord, 'positions' | 'stalePositions'>;

const buildRecordState = (
  filing: LifecycleInput,
  decision: LifecycleDecision,
  claims: AllocatedFields,
): RecordState => {
  const { id, previous, seeds, now } = filing;
  const seedKeys = seeds.map(({ key }) => key).sort();
  const kept = {
    id,
    seedKeys,
    ...(previous?.entry && { entry: previous.entry }),
    ...(previous?.firstUpload && { firstUpload: previous.firstUpload }),
    ...(previous?.arrival !== undefined && { arrival: previous.arrival }),
    ...(previous?.announced && { announced: previous.announced }),
    ...(previous?.returned !== undefined && { returned: previous.returned }),
    ...(previous?.corrected !== undefined && { corrected: previous.corrected }),
    ...(previous?.pageFingerprint && { pageFingerprint: previous.pageFingerprint }),
  };
  if (decision.kind === 'schedule') return { ...kept, state: 'scheduled', dueAt: decision.due };
  if (decision.kind === 'withdraw') {
    const wasVisible = previous?.state === 'published';
    return { ...kept, state: 'withdrawn', withdrawnAt: wasVisible ? now : (previous?.withdrawnAt ?? now) };
  }
  const slug = previous?.entry?.slug ?? claims.slug;
  if (slug === undefined) throw new Error(`article ${id} is to be published without a slug`);
  const arrival = previous?.arrival ?? claims.arrival;
  const announced = arrival === undefined ? findAnnouncedAt(decision.seed, previous) : undefined;
  return {
    ...kept,
    state: 'published',
    entry: buildEntry({ id, slug, previous: previous?.entry }, decision),
    firstUpload: previous?.firstUpload ?? decision.seed.uploadedAt,
    ...(arrival !== undefined && { arrival }),
    ...(announced && { announced }),
    ...(claims.returned !== undefined && { returned: claims.returned }),
    ...(claims.corrected !== undefined && { corrected: claims.corrected }),
  };
};

const buildEntry = (
  { id, slug, previous }: { id: string; slug: string; previous: Entry | undefined },
  { seed, published, dateOnly, updated }: PublishDecision,
): Entry => {
  const { slugSource: _slugWish, published: _stated, updated: _updated, ...version } = seed.version;
  const { announced: _announced, correction, corrected, ...told } = version;
  const entry = { ...told, id, slug, published, dateOnly, updated };
  if (correction === undefined) return entry;
  // The date of a correction stays when something else is edited later.
  const before = previous?.correction?.text === correction ? previous.correction.at : undefined;
  return { ...entry, correction: { text: correction, at: corrected ?? before ?? seed.uploadedAt } };
};

const removePositions = (places: readonly ListPosition[], taken: readonly ListPosition[]): ListPosition[] => {
  const names = new Set(taken.map(formatPositionKey));
  const left = new Map(
    places
      .filter((place) => !names.has(formatPositionKey(place)))
      .map((place) => [formatPositionKey(place), place]),
  );
  return [...left.values()];
};

const formatPositionKey = ({ list, sortKey: sort }: ListPosition): string => `${list}\n${sort}`;
