import type { Entry } from '../entry.ts';
import type { ArticleRecord, ListPosition } from './article-record.ts';
import {
  findAnnouncedAt,
  findAnnouncedContent,
  type LifecycleDecision,
  type LifecycleInput,
  type PublishDecision,
} from './decide-lifecycle.ts';
import { toListPositions } from './list-positions.ts';
import { listArticleKeys } from './select-article-seeds.ts';

/** What the builder has reserved for an article, as the decision asked for it. */
export interface AllocatedFields {
  /** Where it differs from the one before, the page is at another address. */
  readonly slug?: string | undefined;
  readonly formerPaths?: readonly string[];
  readonly arrival?: number | undefined;
  readonly returnNumber?: number | undefined;
  readonly correctionNumber?: number | undefined;
}

export const buildArticleRecord = (
  input: LifecycleInput,
  decision: LifecycleDecision,
  allocated: AllocatedFields,
  timeZone: string,
): ArticleRecord => {
  const { previous } = input;
  const state = buildRecordState(input, decision, allocated);
  const positions = toListPositions(state, timeZone);
  const stalePositions = removePositions(
    [...(previous?.positions ?? []), ...(previous?.stalePositions ?? [])],
    positions,
  );
  return { ...state, positions, stalePositions };
};

type RecordState = Omit<ArticleRecord, 'positions' | 'stalePositions'>;

const buildRecordState = (
  input: LifecycleInput,
  decision: LifecycleDecision,
  { slug: claimedSlug, formerPaths, ...numbers }: AllocatedFields,
): RecordState => {
  const { id, previous, seeds, conflicting = [], now } = input;
  const announcedContent = findAnnouncedContent(input);
  const kept = {
    ...(previous && selectKeptFields(previous)),
    id,
    seedKeys: listArticleKeys({ agreeing: seeds, conflicting }),
    ...(announcedContent !== undefined && { announcedContent }),
    ...(decision.kind !== 'withdraw' && {
      lastSeed: { key: decision.seed.key, content: decision.seed.version.content },
    }),
  };
  if (decision.kind === 'schedule') return { ...kept, state: 'scheduled', dueAt: decision.due };
  if (decision.kind === 'withdraw') {
    const wasVisible = previous?.state === 'published';
    return { ...kept, state: 'withdrawn', withdrawnAt: wasVisible ? now : (previous?.withdrawnAt ?? now) };
  }
  const slug = claimedSlug ?? previous?.entry?.slug;
  if (slug === undefined) throw new Error(`article ${id} is to be published without a slug`);
  const arrival = previous?.arrival ?? numbers.arrival;
  const { pageFingerprint, ...others } = kept;
  const { expiresAt, page } = decision.seed.version;
  const isSameAddress = slug === previous?.entry?.slug && !page === !previous.entry.page;
  const announcedAt = arrival === undefined ? findAnnouncedAt(decision.seed, previous) : undefined;
  return {
    ...others,
    ...(pageFingerprint && isSameAddress && { pageFingerprint }),
    ...(formerPaths && formerPaths.length > 0 && { formerPaths: [...formerPaths] }),
    state: 'published',
    entry: buildEntry({ id, slug, previous: previous?.entry }, decision),
    firstUpload: previous?.firstUpload ?? decision.seed.uploadedAt,
    ...(expiresAt && { dueAt: expiresAt }),
    ...(arrival !== undefined && { arrival }),
    ...(announcedAt && { announcedAt }),
    ...(numbers.returnNumber !== undefined && { returnNumber: numbers.returnNumber }),
    ...(numbers.correctionNumber !== undefined && { correctionNumber: numbers.correctionNumber }),
  };
};

/** What a record keeps in every state. */
const selectKeptFields = ({
  state: _state,
  withdrawnAt: _withdrawnAt,
  dueAt: _dueAt,
  positions: _positions,
  stalePositions: _stalePositions,
  ...kept
}: ArticleRecord) => kept;

export const buildEntry = (
  { id, slug, previous }: { id: string; slug: string; previous: Entry | undefined },
  { seed, published, dateOnly, updated }: Pick<PublishDecision, 'seed' | 'published' | 'dateOnly' | 'updated'>,
): Entry => {
  const {
    isIdStated: _isIdStated,
    content: _content,
    slugSource: _slugSource,
    isSlugStated: _isSlugStated,
    aliases: _aliases,
    published: _published,
    updated: _updated,
    announcedAt: _announcedAt,
    expiresAt: _expiresAt,
    warnings: _warnings,
    correction,
    correctedAt,
    ...shown
  } = seed.version;
  const entry = { ...shown, id, slug, published, dateOnly, updated };
  if (correction === undefined) return entry;
  // A correction keeps its date when something else is edited later.
  const previousAt = previous?.correction?.text === correction ? previous.correction.at : undefined;
  return { ...entry, correction: { text: correction, at: correctedAt ?? previousAt ?? seed.uploadedAt } };
};

/** Positions without duplicates and without those in `removed`. */
const removePositions = (positions: readonly ListPosition[], removed: readonly ListPosition[]): ListPosition[] => {
  const byKey = new Map(positions.map((position) => [formatPositionKey(position), position]));
  for (const position of removed) byKey.delete(formatPositionKey(position));
  return [...byKey.values()];
};

const formatPositionKey = ({ list, sortKey }: ListPosition): string => `${list}\n${sortKey}`;
