import type { GetConfigurationSetEventDestinationsResponse } from '@aws-sdk/client-sesv2';
import { createReporter, type DoctorFinding } from './doctor-finding.ts';

export type EventDestination = NonNullable<GetConfigurationSetEventDestinationsResponse['EventDestinations']>[number];

const requiredEventTypes = ['BOUNCE', 'COMPLAINT', 'REJECT', 'RENDERING_FAILURE'] as const;

export const checkEvents = (destinations: readonly EventDestination[] | undefined): DoctorFinding => {
  const report = createReporter('events');
  const action = 'Deploy again; if the deployment says that nothing changed, change the settings and back.';
  if (!destinations)
    return report.problem('The configuration set that mails are sent with does not exist: SES refuses them.', action);
  const receivedTypes = new Set(
    destinations
      .filter(({ Enabled, EventBridgeDestination }) => Enabled && EventBridgeDestination)
      .flatMap(({ MatchingEventTypes }) => MatchingEventTypes ?? []),
  );
  const missing = requiredEventTypes.filter((type) => !receivedTypes.has(type));
  if (missing.length === 0) return report.ok('Bounces, complaints and failures are reported to EventBridge.');
  return report.problem(
    `SES does not report ${missing.join(', ')} to EventBridge: subscribers who bounce or complain are mailed again.`,
    action,
  );
};
