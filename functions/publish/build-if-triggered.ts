import { buildSite } from './build-site.ts';
import { withBuildVersion } from './build-version.ts';
import type { BuildTrigger } from './handle-upload-message.ts';
import type { PublishServices } from './services.ts';

/**
 * Builds the site once for all messages of a batch, if one of them asks for it.
 * @throws when the build fails: then all of them are received again
 */
export const buildIfTriggered = async (
  services: PublishServices,
  triggers: readonly BuildTrigger[],
  getTimeLeftMs: () => number,
): Promise<void> => {
  const isRequested = triggers.includes('request');
  if (isRequested) await services.build.request();
  if (!isRequested && !(triggers.includes('ifBehind') && (await isBehind(services)))) return;
  const outcome = await buildSite(services, getTimeLeftMs);
  if (outcome !== 'busy') services.log.info('build', { outcome });
};

/** Whether a request was not followed by a build, or the site was built with another version. */
const isBehind = async (services: PublishServices): Promise<boolean> => {
  const state = await services.build.get();
  const { buildVersion } = withBuildVersion(services, state);
  return state.requested > state.built || state.buildVersion !== buildVersion || state.isRebuilding;
};
