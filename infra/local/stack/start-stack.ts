import { createWriteStream } from 'node:fs';
import { escapeJsonForTerminal } from '../../../functions/core/text/clean-for-terminal.ts';
import { environmentVariables } from '../../../functions/platform/contract.ts';
import type { Cleanup } from '../base/create-cleanup.ts';
import { formatErrorMessage } from '../base/format-error-message.ts';
import { createPageChanges } from '../cloudfront/reload-pages.ts';
import { startDistribution } from '../cloudfront/start-distribution.ts';
import { type Bus, startBus } from '../events/start-bus.ts';
import { type ApiHandler, createApiHandler } from '../http-api/create-api-handler.ts';
import { type RunningFunctions, startFunctions } from '../lambda/start-functions.ts';
import type { StackPlan } from './plan-stack.ts';
import type { LocalServers } from './start-servers.ts';

export interface StackOptions {
  readonly servers: LocalServers;
  readonly sitePort: number;
  readonly logFile: string;
  readonly print: (text: string) => void;
  readonly retryDelaySeconds?: number | undefined;
  readonly cleanup: Cleanup;
  /** Whether pages that are open in a browser are loaded again when something changes. */
  readonly reloadsPages?: boolean | undefined;
}

export interface RunningStack {
  readonly bus: Bus;
  readonly functions: RunningFunctions;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  readonly environment: Readonly<Record<string, string>>;
}

const createApis = (
  plan: StackPlan,
  functions: RunningFunctions,
  { print, servers }: StackOptions,
): ReadonlyMap<string, ApiHandler> => {
  const onFailure = (error: unknown, name: string): void =>
    print(`${name}: a request failed: ${formatErrorMessage(error)}`);
  return new Map(
    plan.apis.map((api) => [
      api.name,
      createApiHandler({ plan: api, invoke: functions.invoke, onFailure, now: servers.clock.now }),
    ]),
  );
};

const listOriginBuckets = ({ behaviours }: StackPlan['distributions'][number]): string[] =>
  behaviours.flatMap(({ origin }) => (origin.kind === 'bucket' ? [origin.bucket] : []));

export const startStack = async (plan: StackPlan, options: StackOptions): Promise<RunningStack> => {
  const { servers, cleanup, print } = options;
  const { s3, ses, queues, clock, access } = servers;
  const site = `http://127.0.0.1:${options.sitePort}`;

  // Started before the functions and closed after them, so that no event of theirs is lost.
  const bus = startBus({ plan, s3, queues, clock });
  cleanup.add(bus.close);
  cleanup.add(ses.onEvent(bus.putEvent));
  const log = createWriteStream(options.logFile);
  cleanup.add(() => log.end());
  const overrides = { [environmentVariables.siteAddress]: site };
  const functions = startFunctions({
    plan,
    queues,
    environment: servers.environment,
    access,
    clockOffsetMs: clock.offsetMs,
    overrides,
    print,
    writeLog: (line) => log.write(`${escapeJsonForTerminal(line)}\n`),
    ...(options.retryDelaySeconds !== undefined && { retryDelaySeconds: options.retryDelaySeconds }),
  });
  cleanup.add(functions.close);
  const apis = createApis(plan, functions, options);
  const pageChanges = options.reloadsPages ? createPageChanges() : undefined;
  if (pageChanges) {
    const served = new Set(plan.distributions.flatMap(listOriginBuckets));
    cleanup.add(pageChanges.close);
    cleanup.add(s3.onEvent(({ bucket }) => served.has(bucket) && pageChanges.announce()));
  }
  for (const [index, distribution] of plan.distributions.entries()) {
    const port = index === 0 ? options.sitePort : 0;
    const { accessKeyId } = access.issueCredentials({
      kind: 'service',
      service: 'cloudfront.amazonaws.com',
      sourceArn: distribution.arn,
    });
    const server = await startDistribution(distribution, {
      s3Endpoint: s3.endpoint,
      port,
      apis,
      now: clock.now,
      accessKeyId,
      ...(pageChanges && { pageChanges }),
    });
    cleanup.add(server.close);
  }
  const variables = plan.functions.flatMap(({ environment }) => Object.entries(environment));
  const environment = { ...Object.fromEntries(variables), ...servers.environment, ...overrides };
  return { bus, functions, site, environment };
};
