import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../failures.ts';
import type { Seeds } from '../seeds/open-seeds.ts';
import { restoreIssues } from './restore-issues.ts';
import type { Stock } from './take-stock.ts';
import { type Telling, tellInOrder, tellPublish, untilNoneWaits } from './tell-publish.ts';

/** Milliseconds for which nothing may happen. */
const patience = 300_000;

/** Takes the part that is done of a step, and what it is about. */
export type Show = (part: number, text: string) => void;

type Rebuilding = Telling & Pick<Seeds, 'buckets' | 'issues' | 'site' | 'lists'>;

/**
 * Makes everything anew from the seeds bucket: reads every seed again, then has every document written, whatever is
 * remembered of it. Every step may be repeated, so that it is begun again wherever it was interrupted; once it has asked
 * for the documents they come by themselves.
 * @returns documents of issues that were restored
 */
export const rebuildSite = async (on: Rebuilding, stock: Stock, show: Show): Promise<number> => {
  const restored = await restoreIssues(on);
  const tell = (what: string, all: number) => (count: number) =>
    show(count / all, `${count} of ${all} ${what}`);
  const known = [...stock.gone, ...stock.seeds];
  await tellPublish(on, known, tell('seeds', known.length));
  await tellInOrder(on, stock.unrecorded, tell('seeds without a record', stock.unrecorded.length));
  await untilNoneWaits(on);
  const { edition } = await on.build.get();
  await on.build.requestAnew(on.now().toISOString());
  // Only from here on: a picture is copied again because it does not count as shown any more.
  await tellPublish(on, stock.pictures, tell('pictures', stock.pictures.length));
  await on.uploads.send({ source: 'seedpress.build' });
  await untilNoneWaits(on);
  await untilRenewed(on, edition, show);
  return restored;
};

/** Waits until the site shows another edition than before, whole. @throws {OperatorError} when nothing more happens */
const untilRenewed = async (
  { build, lists, pause }: Pick<Rebuilding, 'build' | 'lists' | 'pause'>,
  before: string | undefined,
  show: Show,
): Promise<void> => {
  const months = (await lists.shelves('month')).length;
  for (let seen = '', since = performance.now(); performance.now() - since < patience; ) {
    const { edition, renewing, requested, built } = await build.get();
    const left = renewing ? (await lists.oldMonths()).length : 0;
    if (edition !== before && !renewing && built >= requested) return;
    show(
      edition === before ? 0 : (months - left) / Math.max(1, months),
      `${left} of ${months} months are left`,
    );
    const state = JSON.stringify([edition, left, built]);
    if (state !== seen) since = performance.now();
    seen = state;
    await sleep(pause);
  }
  throw new OperatorError(
    'Nothing has happened for five minutes. The rest goes on by itself: npx seedpress status tells what waits.',
  );
};
