import { account, region } from '../template/references.ts';

/** `GetConfigurationSetEventDestinations`: every set tells EventBridge what a deployed one does. */
export const handleGetEventDestinations = (): object => ({
  EventDestinations: [
    {
      Name: 'local',
      Enabled: true,
      MatchingEventTypes: ['BOUNCE', 'COMPLAINT', 'REJECT', 'RENDERING_FAILURE'],
      EventBridgeDestination: { EventBusArn: `arn:aws:events:${region}:${account}:event-bus/default` },
    },
  ],
});
