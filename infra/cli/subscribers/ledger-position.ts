import { findLeftPosition } from '../../../functions/adapters/table/find-left-position.ts';
import type { ListRange } from '../../../functions/adapters/table/lists.ts';
import { fingerprint } from '../../../functions/core/identity.ts';
import { formatArrivalSortKey, listNames, maxArrival } from '../../../functions/core/lifecycle/list-positions.ts';
import type { MissedRange, PassedCadence, Progress } from '../../../functions/core/newsletter/subscriber/progress.ts';
import type { Subscriber } from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import { type Cadence, cadences } from '../../../functions/core/publication.ts';
import { memoize } from '../../../functions/core/text/memoize.ts';
import type { CliServices } from '../connection/create-cli-services.ts';

/** How far the announcements have come for a reader, in numbers of a publication's own. */
export interface LedgerPosition {
  readonly position: number;
  readonly missed: readonly MissedRange[];
  readonly passed: readonly PassedCadence[];
}

/** A position as a file has it, with the announcement by which its publication is known. */
export interface WrittenPosition extends LedgerPosition {
  readonly mark: string;
}

export type MapPosition = (number: number) => number;

type PositionStores = Pick<CliServices, 'batches' | 'cadenceStates' | 'issues' | 'lists'>;

/** `12@8c0f2a6d missed 8-10 passed weekly:7`. */
export const formatLedgerPosition = ({ position, mark, missed, passed }: WrittenPosition): string =>
  [
    `${position}@${mark}`,
    ...missed.map(({ after, upTo }) => `missed ${after}-${upTo}`),
    ...passed.map(({ cadence, upTo }) => `passed ${cadence}:${upTo}`),
  ].join(' ');

const maxWrittenLength = 2000;

const isCadence = (written: string | undefined): written is Cadence => cadences.some((cadence) => cadence === written);

/** Undefined for what is no position of our own. */
export const parseLedgerPosition = (written: string): WrittenPosition | undefined => {
  const parts =
    /^(\d{1,12}(?:\.5)?)@([0-9a-f]{8})((?: (?:missed [\d.]{1,14}-[\d.]{1,14}|passed [a-z]{1,20}:[\d.]{1,14}))*)$/;
  const [, position, mark = '', rest = ''] = parts.exec(written.slice(0, maxWrittenLength)) ?? [];
  if (position === undefined) return undefined;
  const missed = [...rest.matchAll(/missed ([\d.]+)-([\d.]+)/g)].map(([, after, upTo]) => ({
    after: Number(after),
    upTo: Number(upTo),
  }));
  const passed = [...rest.matchAll(/passed ([a-z]+):([\d.]+)/g)].flatMap(([, cadence, upTo]) =>
    isCadence(cadence) ? [{ cadence, upTo: Number(upTo) }] : [],
  );
  return { position: Number(position), mark, missed, passed };
};

/** Every number of a position under those of another publication. */
const mapLedgerPosition = ({ position, missed, passed }: LedgerPosition, map: MapPosition): LedgerPosition => ({
  position: map(position),
  missed: missed
    .map(({ after, upTo }) => ({ after: map(after), upTo: map(upTo) }))
    .filter(({ after, upTo }) => upTo > after),
  passed: passed.map(({ cadence, upTo }) => ({ cadence, upTo: map(upTo) })),
});

/** Marks a number by the article that was announced last before it, or first after it: in another publication, that is another one. */
const createMarkReader = ({ lists }: Pick<PositionStores, 'lists'>): ((position: number) => Promise<string>) => {
  const known = new Map<number, Promise<string>>();
  const read = async (position: number): Promise<string> => {
    const upTo = Math.min(Math.floor(position), maxArrival - 1);
    const find = (range: ListRange) => lists.listPlacedEntries(listNames.latest, { ...range, limit: 1 });
    const [newest] = await find({ upTo: formatArrivalSortKey(upTo), newestFirst: true });
    const [nearest] = newest ? [newest] : await find({ from: formatArrivalSortKey(upTo + 1) });
    return fingerprint('position', nearest?.sortKey ?? '', nearest?.entry.id ?? '').slice(0, 8);
  };
  return (position) => {
    const mark = known.get(position) ?? read(position);
    known.set(position, mark);
    return mark;
  };
};

/**
 * Reads where a reader is. Those in step are where their cadence is; while an issue is under way, it counts as received,
 * so that nothing comes twice.
 */
export const createPositionReader = (stores: PositionStores) => {
  const readMark = createMarkReader(stores);
  const readArrival = memoize(async (cadence: Cadence): Promise<number> => {
    const { arrival, open } = await stores.cadenceStates.get(cadence);
    return open?.upTo ?? arrival;
  });
  const readPosition = async (
    key: string,
    cadence: Cadence,
    progress: Progress | undefined,
  ): Promise<Pick<LedgerPosition, 'position' | 'missed'>> => {
    if (progress && 'position' in progress) return { position: progress.position, missed: progress.missed ?? [] };
    if (progress && 'left' in progress) {
      const found = await findLeftPosition(stores, key, progress.left);
      return { position: found?.position ?? (await readArrival(progress.left.cadence)), missed: found?.missed ?? [] };
    }
    return { position: progress?.upTo ?? (await readArrival(cadence)), missed: [] };
  };
  return {
    readMark,
    /** Undefined for those who never got an issue, and of whom nothing is known. */
    read: async (subscriber: Subscriber): Promise<LedgerPosition | undefined> => {
      if (subscriber.state === 'pending' || subscriber.state === 'erased' || subscriber.cadence === undefined)
        return undefined;
      const { progress, passed = [], cadence } = subscriber;
      return { ...(await readPosition(subscriber.key, cadence, progress)), passed };
    },
  };
};

export interface ResolvedPosition {
  readonly ledger: LedgerPosition;
  /** Whether the numbers say nothing here. */
  readonly isOfOther: boolean;
}

/** Finds what written positions are here. Where that cannot be known, nothing that was announced comes again. */
export const createPositionResolver = (
  stores: Pick<CliServices, 'build' | 'lists'>,
  mapPosition: MapPosition | undefined,
): ((written: WrittenPosition) => Promise<ResolvedPosition>) => {
  const readMark = createMarkReader(stores);
  return async ({ mark, ...ledger }) => {
    if (mapPosition) return { ledger: mapLedgerPosition(ledger, mapPosition), isOfOther: false };
    if (mark === (await readMark(ledger.position))) return { ledger, isOfOther: false };
    const { announced } = await stores.build.get();
    return { ledger: { position: announced, missed: [], passed: [] }, isOfOther: true };
  };
};
