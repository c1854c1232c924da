import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cleanForTerminal } from '../../functions/core/text/clean-for-terminal.ts';
import { environmentVariables } from '../../functions/platform/contract.ts';
import { type Cleanup, createCleanup } from './base/create-cleanup.ts';
import { formatErrorMessage } from './base/format-error-message.ts';
import { findFreePort } from './base/http-server.ts';
import { handleControlRequest } from './control/handle-control-request.ts';
import { startControlServer } from './control/start-control-server.ts';
import { createPrivateFolder } from './create-private-folder.ts';
import { createTables } from './dynamodb/create-tables.ts';
import type { AccessControl } from './iam/create-access-control.ts';
import { formatRefusal } from './iam/format-refusal.ts';
import { lockFolder } from './lock-folder.ts';
import { printReports } from './print-reports.ts';
import { reportProgress } from './report-progress.ts';
import { mirrorSeeds, type SeedsMirror } from './seeds/mirror-seeds.ts';
import type { SesLimits } from './ses/start-ses.ts';
import { checkServiceCalls } from './stack/check-service-calls.ts';
import { planStack, type StackPlan } from './stack/plan-stack.ts';
import { type LocalServers, startServers } from './stack/start-servers.ts';
import { type RunningStack, startStack } from './stack/start-stack.ts';
import { readAssembly, toAssemblyFolder } from './template/read-assembly.ts';
import { UnsupportedTemplateError } from './template/template.ts';

type Print = (text: string) => void;

export interface LocalRunOptions {
  readonly data: string;
  readonly seeds: string;
  readonly sitePort: number;
  readonly s3Port: number;
  readonly inboxPort: number;
  readonly ses?: SesLimits;
  /** Writes the cloud assembly into a folder, and stops when the signal says so. */
  readonly synthesize: (outdir: string, options: { print: Print; signal: AbortSignal }) => Promise<void>;
  /** Values for what a deployment reads from Secrets Manager, by the environment variable of the functions. */
  readonly secrets?: Readonly<Record<string, string | undefined>>;
  /** Prints one line. What comes from outside is cleaned before it gets here. */
  readonly print: Print;
  readonly retryDelaySeconds?: number;
  /** Whether pages that are open in a browser are loaded again when something changes. */
  readonly reloadsPages?: boolean;
}

const settingsSchema = z.object({
  title: z.string(),
  timeZone: z.string().default('UTC'),
  digest: z.record(z.string(), z.unknown()),
});

export interface LocalRun extends Pick<RunningStack, 'bus' | 'functions' | 'site'> {
  readonly settings: z.infer<typeof settingsSchema>;
  readonly plan: StackPlan;
  readonly servers: LocalServers;
  readonly seedsBucket: string;
  mirror(): Promise<SeedsMirror>;
  /** @param task that is done first when the run is closed */
  onClose(task: () => void | Promise<void>): void;
  /** Stops everything, in an order in which nothing is lost. */
  close(): Promise<void>;
}

/** The file in the data folder with everything that the functions log, line by line as in CloudWatch. */
export const functionsLogName = 'functions.log';

export class MissingFolderError extends Error {
  override readonly name = 'MissingFolderError';
}

const startSynthesis = (options: LocalRunOptions, cleanup: Cleanup): Promise<string> => {
  const outdir = toAssemblyFolder(options.data);
  // CDK keeps a bundle that it finds there, also one whose templates were replaced during the last run.
  rmSync(outdir, { recursive: true, force: true });
  const abort = new AbortController();
  const synthesis = options.synthesize(outdir, { print: options.print, signal: abort.signal });
  cleanup.add(async () => {
    abort.abort();
    await synthesis.catch(() => {});
  });
  // An error is thrown where the result is awaited.
  synthesis.catch(() => {});
  return synthesis.then(() => outdir);
};

const findVariable = (plan: StackPlan, variable: string): string => {
  const value = plan.functions.map(({ environment }) => environment[variable]).find((each) => each !== undefined);
  if (value === undefined)
    throw new UnsupportedTemplateError(`No function of the template has the variable ${variable}.`);
  return value;
};

const toProgressLabel = (functionName: string): string =>
  functionName.endsWith('publish') ? 'Publishing' : functionName.endsWith('deliver') ? 'Delivering' : functionName;

/** Makes the template's policies hold, and prints what they refuse. @throws {UnsupportedTemplateError} */
const startAccess = (plan: StackPlan, access: AccessControl, print: Print): void => {
  checkServiceCalls(plan);
  access.addPolicies(plan.policies);
  access.onDecision((call, decision) => {
    // CloudFront may not list buckets, which is how each page that is missing looks to it.
    const isMissingPage = call.caller.kind === 'service' && call.action === 's3:ListBucket';
    if (decision !== 'allowed' && !isMissingPage) print(formatRefusal(call, decision));
  });
};

/** Starts the planned stack, and what only the local run has: reports on the terminal and the control server. */
const startRun = async (
  plan: StackPlan,
  options: LocalRunOptions & {
    readonly servers: LocalServers;
    readonly sitePort: number;
    readonly cleanup: Cleanup;
  },
): Promise<LocalRun> => {
  const { data, servers, cleanup, print } = options;
  const { s3, queues, clock } = servers;
  const settings = settingsSchema.parse(JSON.parse(findVariable(plan, environmentVariables.publication)));
  const seedsBucket = findVariable(plan, environmentVariables.seedsBucket);
  const internalBucket = findVariable(plan, environmentVariables.internalBucket);
  const onError = (error: unknown) => print(formatErrorMessage(error));

  const stack = await startStack(plan, { ...options, logFile: join(data, functionsLogName) });
  cleanup.add(printReports({ s3, internalBucket, print, onError }));
  for (const { queue, function: name } of plan.mappings)
    cleanup.add(reportProgress(queues, { queue, label: toProgressLabel(name), print }));
  const { toQueueUrl } = servers.sqs;
  const connection = {
    environment: stack.environment,
    queues: plan.queues.map(({ name, deadLetters }) => ({
      name,
      url: toQueueUrl(name),
      ...(deadLetters && { deadLettersUrl: toQueueUrl(deadLetters.queue) }),
    })),
    inbox: servers.ses.endpoint,
  };
  const control = await startControlServer(data, (request) =>
    handleControlRequest({ ...stack, clock, connection }, request),
  );
  cleanup.add(control.close);

  return {
    bus: stack.bus,
    functions: stack.functions,
    site: stack.site,
    settings,
    plan,
    servers,
    seedsBucket,
    mirror: async () => {
      const mirror = await mirrorSeeds({
        folder: options.seeds,
        bucket: seedsBucket,
        s3,
        database: servers.database,
        onError,
      });
      cleanup.add(mirror.close);
      return mirror;
    },
    onClose: cleanup.add,
    close: cleanup.unwind,
  };
};

/**
 * Synthesizes the app and runs its template on this machine: resources on embedded servers, functions from their
 * bundles.
 * @throws {FolderInUseError | PortInUseError | MissingFolderError | SynthesisError | UnsupportedTemplateError} and
 * leaves nothing running
 */
export const startLocal = async (given: LocalRunOptions): Promise<LocalRun> => {
  const print: Print = (line) => given.print(cleanForTerminal(line));
  const options = { ...given, print };
  const { data, s3Port, inboxPort } = options;
  if (!existsSync(options.seeds)) throw new MissingFolderError(`There is no folder ${options.seeds} to publish from.`);
  const cleanup = createCleanup();
  try {
    const warning = createPrivateFolder(data);
    if (warning !== undefined) print(warning);
    cleanup.add(lockFolder(data).release);
    const synthesis = startSynthesis(options, cleanup);
    const sitePort = await findFreePort(options.sitePort);
    const ready = Promise.withResolvers<void>();
    const servers = await startServers({
      folder: data,
      s3Port,
      inboxPort,
      ready: ready.promise,
      ...(options.ses && { ses: options.ses }),
    });
    cleanup.add(servers.close);

    const plan = planStack(readAssembly(await synthesis), {
      toQueueUrl: servers.sqs.toQueueUrl,
      siteHost: `127.0.0.1:${sitePort}`,
      secrets: options.secrets ?? {},
    });
    print('Starting the servers …');
    startAccess(plan, servers.access, print);
    for (const name of plan.identities) servers.ses.addIdentity(name);
    for (const { name } of plan.buckets) servers.s3.addBucket(name);
    for (const queue of plan.queues) servers.queues.add(queue);
    plan.tables.forEach(servers.dynamodb.addTable);
    await createTables(plan.tables, servers.dynamodb.clientConfig);
    if (servers.queues.releasedAtStart > 0)
      print('The last run was stopped in the middle of its work, which continues now.');
    const run = await startRun(plan, { ...options, sitePort, servers, cleanup });
    ready.resolve();
    return run;
  } catch (error) {
    await cleanup.unwind();
    throw error;
  }
};
