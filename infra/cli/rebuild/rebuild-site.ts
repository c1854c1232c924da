import type { CliServices } from '../connection/create-cli-services.ts';
import type { ShowProgress } from '../output/run-with-progress.ts';
import type { SeedInventory } from './read-seed-inventory.ts';
import { removeForgottenPreviews } from './remove-forgotten-previews.ts';
import {
  type PublishRequestServices,
  requestPublish,
  requestPublishInOrder,
  waitUntilNoneLeft,
  waitUntilQueueEmpty,
} from './request-publish.ts';
import { restoreIssues } from './restore-issues.ts';

type RebuildServices = PublishRequestServices &
  Pick<CliServices, 'buckets' | 'issues' | 'site' | 'lists' | 'previews' | 's3'>;

/** Every step can be repeated, so that an interrupted rebuild can start again. */
export const rebuildSite = async (
  services: RebuildServices,
  inventory: SeedInventory,
  show: ShowProgress,
): Promise<number> => {
  const restored = await restoreIssues(services);
  const showCount = (what: string, total: number) => (count: number) =>
    show(count / total, `${count} of ${total} ${what}`);
  const known = [...inventory.deleted, ...inventory.seeds];
  await requestPublish(services, known, showCount('seeds', known.length));
  await requestPublishInOrder(
    services,
    inventory.unrecorded,
    showCount('seeds without a record', inventory.unrecorded.length),
  );
  await waitUntilQueueEmpty(services);
  const { buildVersion } = await services.build.get();
  await services.build.requestFullRebuild(services.createId());
  // Not before: only now that pictures no longer count as shown are they copied again.
  await requestPublish(services, inventory.pictures, showCount('pictures', inventory.pictures.length));
  await services.uploadsQueue.send({ source: 'seedpress.build' });
  await waitUntilQueueEmpty(services);
  await waitUntilRebuilt(services, buildVersion, show);
  if (inventory.unrecorded.length > 0) await removeForgottenPreviews(services);
  return restored;
};

const waitUntilRebuilt = async (
  { build, lists, pollIntervalMs }: Pick<RebuildServices, 'build' | 'lists' | 'pollIntervalMs'>,
  previousVersion: string | undefined,
  show: ShowProgress,
): Promise<void> => {
  const months = (await lists.listManifests('month')).length;
  await waitUntilNoneLeft(pollIntervalMs, async () => {
    const { buildVersion, isRebuilding, requested, built } = await build.get();
    const isNew = buildVersion !== previousVersion;
    if (isNew && !isRebuilding) return requested - built;
    const left = isNew ? (await lists.listStaleMonths()).length : months;
    show((months - left) / Math.max(1, months), `${left} of ${months} months left`);
    return left + 1;
  });
};
