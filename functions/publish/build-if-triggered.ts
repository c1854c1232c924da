import { acquireLease, type BuildLease, buildSite } from './build-site.ts';
import { withBuildVersion } from './build-version.ts';
import type { HandledMessage } from './handle-upload-message.ts';
import { isolateFailures } from './isolate-failures.ts';
import type { PublishServices } from './services.ts';

/**
 * Marks what the messages of a batch have changed, in as few requests as there can be, and builds the site once for all
 * of them, if one asks for it. A build that fails is tried again by the next tick, within a minute: uploads are marked
 * by then, so their messages need not come again.
 * @returns the messages whose changes could not be marked
 * @throws when the build fails and the batch has no upload: then its ticks are received again
 */
export const buildIfTriggered = async (
  services: PublishServices,
  messages: readonly HandledMessage[],
  getTimeLeftMs: () => number,
): Promise<readonly HandledMessage[]> => {
  const unmarked = await markChanges(services, messages);
  const triggers = messages.filter((message) => !unmarked.includes(message)).map(({ trigger }) => trigger);
  await buildFor(services, triggers, getTimeLeftMs);
  return unmarked;
};

const markChanges = async (
  { log, seeds }: PublishServices,
  messages: readonly HandledMessage[],
): Promise<readonly HandledMessage[]> => {
  const unmarked: HandledMessage[] = [];
  await isolateFailures(
    messages,
    async (some) => {
      await seeds.markChanged(some.flatMap(({ changes }) => changes));
      return [];
    },
    (message, error) => {
      log.error('a change could not be marked', error);
      unmarked.push(message);
    },
  );
  return unmarked;
};

const buildFor = async (
  services: PublishServices,
  triggers: readonly HandledMessage['trigger'][],
  getTimeLeftMs: () => number,
): Promise<void> => {
  const { log } = services;
  const isRequested = triggers.includes('request');
  if (!isRequested && !(triggers.includes('ifBehind') && (await isBehind(services)))) return;
  const lease = isRequested ? await requestBuild(services) : await acquireLease(services, false);
  if (!lease) return;
  try {
    const outcome = await buildSite(services, lease, getTimeLeftMs);
    log.info('build', { outcome });
  } catch (error) {
    if (!isRequested) throw error;
    log.error('the build failed, and the next tick tries it again', error);
  }
};

/** Has a build see the changes that are marked. @returns the lease, where no other builder has it and will see them */
const requestBuild = async (services: PublishServices): Promise<BuildLease | undefined> => {
  const lease = await acquireLease(services, true);
  if (lease) return lease;
  const isSeen = await services.build.request(services.now());
  // Otherwise the other builder has finished before it could see the request.
  return isSeen ? undefined : acquireLease(services, false);
};

/**
 * Whether a request was not followed by a build, the site was built with another version, or a build has left changes
 * that it failed on.
 */
const isBehind = async (services: PublishServices): Promise<boolean> => {
  const state = await services.build.get();
  const { buildVersion } = withBuildVersion(services, state);
  if (state.requested > state.built || state.buildVersion !== buildVersion || state.isRebuilding) return true;
  return (await services.seeds.listChanged(1)).length > 0;
};
