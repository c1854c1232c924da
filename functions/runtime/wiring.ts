import type { Log, RunCorrelated } from '../platform/logger.ts';
import type { AwsClients } from './clients.ts';

/** What the services of a Lambda are made from, once per cold start. */
export interface Wiring<Config> {
  readonly config: Config;
  readonly clients: AwsClients;
  readonly log: Log;
  readonly runCorrelated?: RunCorrelated;
  readonly now?: () => Date;
}
