import type { GetConfigurationSetEventDestinationsResponse } from '@aws-sdk/client-sesv2';
import { type Finding, ok, problem } from './finding.ts';

export type EventDestination = NonNullable<
  GetConfigurationSetEventDestinationsResponse['EventDestinations']
>[number];

/** What record-feedback wants to hear of. */
const wanted = ['BOUNCE', 'COMPLAINT', 'REJECT', 'RENDERING_FAILURE'] as const;

/** Whether bounces and complaints reach us. */
export const judgeEvents = (destinations: readonly EventDestination[] | undefined): Finding => {
  const check = 'events';
  const todo = 'Deploy again; if the deployment says that nothing changed, change the settings and back.';
  if (!destinations)
    return problem(
      check,
      'The configuration set that mails are sent with does not exist: SES refuses them.',
      todo,
    );
  const heard = new Set(
    destinations
      .filter(({ Enabled, EventBridgeDestination }) => Enabled && EventBridgeDestination)
      .flatMap(({ MatchingEventTypes }) => MatchingEventTypes ?? []),
  );
  const missing = wanted.filter((type) => !heard.has(type));
  if (missing.length === 0) return ok(check, 'Bounces, complaints and failures are told to EventBridge.');
  return problem(
    check,
    `SES does not tell EventBridge of ${missing.join(', ')}: readers who bounce or complain are mailed again.`,
    todo,
  );
};
