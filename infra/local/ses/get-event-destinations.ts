import { accountId, region } from '../base/aws-account.ts';

/** `GetConfigurationSetEventDestinations`: every set tells EventBridge what a deployed one does. */
export const handleGetEventDestinations = (): object => ({
  EventDestinations: [
    {
      Name: 'local',
      Enabled: true,
      MatchingEventTypes: ['BOUNCE', 'COMPLAINT', 'REJECT', 'RENDERING_FAILURE'],
      EventBridgeDestination: { EventBusArn: `arn:aws:events:${region}:${accountId}:event-bus/default` },
    },
  ],
});
