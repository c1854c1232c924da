import type { SqsMessage } from '../platform/sqs-message.ts';
import { buildSite } from './build-site.ts';
import { withBuildVersion } from './build-version.ts';
import { type BuildTrigger, handleUploadMessage } from './handle-upload-message.ts';
import type { PublishServices } from './services.ts';

/**
 * Records what each message tells of, then builds once for all of them.
 * @returns ids of the messages that failed and are to come again
 * @throws when the build fails: then all of them come again
 */
export const publishMessages = async (
  services: PublishServices,
  messages: readonly SqsMessage[],
  timeLeft: () => number,
): Promise<string[]> => {
  const outcomes = await Promise.all(messages.map((message) => tryHandleMessage(services, message)));
  const consequences = new Set(outcomes.map(({ consequence }) => consequence));
  if (consequences.has('request')) await services.build.request();
  if (consequences.has('request') || (consequences.has('nudge') && (await isBehind(services)))) {
    const outcome = await buildSite(services, timeLeft);
    if (outcome !== 'busy') services.log.info('build', { outcome });
  }
  return outcomes.flatMap(({ id, consequence }) => (consequence === 'failed' ? [id] : []));
};

const tryHandleMessage = async (
  services: PublishServices,
  { id, body }: SqsMessage,
): Promise<{ id: string; consequence: BuildTrigger | 'failed' }> => {
  try {
    return { id, consequence: await handleUploadMessage(services, body) };
  } catch (error) {
    services.log.error('a message could not be handled', error);
    return { id, consequence: 'failed' };
  }
};

/** Whether a request was not followed by a build, or the site shows another edition. */
const isBehind = async (services: PublishServices): Promise<boolean> => {
  const state = await services.build.get();
  const { buildVersion: edition } = withBuildVersion(services, state);
  return state.requested > state.built || state.buildVersion !== edition || state.isRebuilding;
};
