import { buildSite } from './build-site.ts';
import { type Consequence, handleMessage } from './handle-message.ts';
import { inEdition } from './renew-edition.ts';
import type { PublishingServices } from './services.ts';

export interface Message {
  readonly id: string;
  readonly body: string;
}

/**
 * Records what each message tells of, then builds once for all of them.
 * @returns ids of the messages that failed and are to come again
 * @throws when the build fails: then all of them come again
 */
export const publishMessages = async (
  services: PublishingServices,
  messages: readonly Message[],
  timeLeft: () => number,
): Promise<string[]> => {
  const outcomes = await Promise.all(messages.map((message) => attempt(services, message)));
  const consequences = new Set(outcomes.map(({ consequence }) => consequence));
  if (consequences.has('request')) await services.build.request();
  if (consequences.has('request') || (consequences.has('nudge') && (await isBehind(services)))) {
    const outcome = await buildSite(services, timeLeft);
    if (outcome !== 'busy') services.log.info('build', { outcome });
  }
  return outcomes.flatMap(({ id, consequence }) => (consequence === 'failed' ? [id] : []));
};

const attempt = async (
  services: PublishingServices,
  { id, body }: Message,
): Promise<{ id: string; consequence: Consequence | 'failed' }> => {
  try {
    return { id, consequence: await handleMessage(services, body) };
  } catch (error) {
    services.log.error('a message could not be handled', error);
    return { id, consequence: 'failed' };
  }
};

/** Whether a request was not followed by a build, or the site shows another edition. */
const isBehind = async (services: PublishingServices): Promise<boolean> => {
  const state = await services.build.get();
  const { edition } = inEdition(services, state);
  return state.requested > state.built || state.edition !== edition || state.renewing;
};
