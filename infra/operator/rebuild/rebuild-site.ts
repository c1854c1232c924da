import type { Seeds } from '../seeds/open-seeds.ts';
import { restoreIssues } from './restore-issues.ts';
import type { Stock } from './take-stock.ts';
import { type Telling, tellInOrder, tellPublish, untilNoneWaits } from './tell-publish.ts';
import { untilNone } from './until-none.ts';

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
  await on.build.requestAnew(on.newId());
  // Only from here on: a picture is copied again because it does not count as shown any more.
  await tellPublish(on, stock.pictures, tell('pictures', stock.pictures.length));
  await on.uploads.send({ source: 'seedpress.build' });
  await untilNoneWaits(on);
  await untilRenewed(on, edition, show);
  return restored;
};

/** Waits until the site shows another edition than before, whole: a month is left, or the last request. */
const untilRenewed = async (
  { build, lists, pause }: Pick<Rebuilding, 'build' | 'lists' | 'pause'>,
  before: string | undefined,
  show: Show,
): Promise<void> => {
  const months = (await lists.shelves('month')).length;
  await untilNone(pause, async () => {
    const { edition, renewing, requested, built } = await build.get();
    if (edition !== before && !renewing) return requested - built;
    const left = edition === before ? months : (await lists.oldMonths()).length;
    show((months - left) / Math.max(1, months), `${left} of ${months} months are left`);
    return left + 1;
  });
};
