import type { CliServices } from '../connection/create-cli-services.ts';
import type { SeedInventory } from './read-seed-inventory.ts';
import {
  type PublishRequestServices,
  requestPublish,
  requestPublishInOrder,
  waitUntilQueueEmpty,
} from './request-publish.ts';
import { restoreIssues } from './restore-issues.ts';
import { waitUntilNoneLeft } from './wait-until-none-left.ts';

/** Takes the part that is done of a step, and what it is about. */
export type ShowProgress = (part: number, text: string) => void;

type RebuildServices = PublishRequestServices & Pick<CliServices, 'buckets' | 'issues' | 'site' | 'lists'>;

/**
 * Makes everything anew from the seeds bucket: reads every seed again, then has every document written, whatever is
 * remembered of it. Every step may be repeated, so that it is begun again wherever it was interrupted; once it has asked
 * for the documents they come by themselves.
 * @returns documents of issues that were restored
 */
export const rebuildSite = async (
  services: RebuildServices,
  stock: SeedInventory,
  show: ShowProgress,
): Promise<number> => {
  const restored = await restoreIssues(services);
  const showCount = (what: string, total: number) => (count: number) =>
    show(count / total, `${count} of ${total} ${what}`);
  const known = [...stock.deleted, ...stock.seeds];
  await requestPublish(services, known, showCount('seeds', known.length));
  await requestPublishInOrder(
    services,
    stock.unrecorded,
    showCount('seeds without a record', stock.unrecorded.length),
  );
  await waitUntilQueueEmpty(services);
  const { buildVersion: edition } = await services.build.get();
  await services.build.requestFullRebuild(services.createId());
  // Only from here on: a picture is copied again because it does not count as shown any more.
  await requestPublish(services, stock.pictures, showCount('pictures', stock.pictures.length));
  await services.uploadsQueue.send({ source: 'seedpress.build' });
  await waitUntilQueueEmpty(services);
  await waitUntilRebuilt(services, edition, show);
  return restored;
};

/** Waits until the site shows another edition than before, whole: a month is left, or the last request. */
const waitUntilRebuilt = async (
  { build, lists, pollIntervalMs: pause }: Pick<RebuildServices, 'build' | 'lists' | 'pollIntervalMs'>,
  previousVersion: string | undefined,
  show: ShowProgress,
): Promise<void> => {
  const months = (await lists.listManifests('month')).length;
  await waitUntilNoneLeft(pause, async () => {
    const { buildVersion: edition, isRebuilding: renewing, requested, built } = await build.get();
    if (edition !== previousVersion && !renewing) return requested - built;
    const left = edition === previousVersion ? months : (await lists.listStaleMonths()).length;
    show((months - left) / Math.max(1, months), `${left} of ${months} months are left`);
    return left + 1;
  });
};
