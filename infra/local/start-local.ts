import { createWriteStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import { environmentVariables } from '../../functions/platform/contract.ts';
import { listen } from './base/http-server.ts';
import { startDistribution } from './cloudfront/start-distribution.ts';
import { openLocalLedger } from './control/local-ledger.ts';
import { startControlServer } from './control/start-control-server.ts';
import { createTables } from './dynamodb/create-tables.ts';
import { type Bus, startBus } from './events/start-bus.ts';
import { type ApiHandler, createApiHandler } from './http-api/create-api-handler.ts';
import { type RunningFunctions, startFunctions } from './lambda/start-functions.ts';
import { lockFolder } from './lock-folder.ts';
import { printRejections } from './print-rejections.ts';
import { reportProgress } from './report-progress.ts';
import { mirrorSeeds, type SeedsMirror } from './seeds/mirror-seeds.ts';
import type { StackPlan } from './stack/plan-stack.ts';
import { planStack } from './stack/plan-stack.ts';
import { type LocalServers, startServers } from './stack/start-servers.ts';
import { readAssembly } from './template/read-assembly.ts';
import { UnsupportedTemplateError } from './template/template.ts';

export interface LocalRunOptions {
  /** Where the run keeps its data; made if it is not there. */
  readonly data: string;
  /** The folder that is mirrored into the seeds bucket. */
  readonly seeds: string;
  readonly sitePort: number;
  readonly s3Port: number;
  readonly inboxPort: number;
  /** Writes the cloud assembly into a folder. */
  readonly synthesize: (outdir: string) => Promise<void>;
  /** Stand in for what a deployment fetches from Secrets Manager, by the variable that a function gets it as. */
  readonly secrets?: Readonly<Record<string, string | undefined>>;
  /** Takes what happens, a line or a few at a time. */
  readonly print: (text: string) => void;
  /** Seconds until failed messages come again. */
  readonly retryDelaySeconds?: number;
}

/** What the run itself reads of the publication's settings. */
const settingsSchema = z.object({
  title: z.string(),
  timeZone: z.string().default('UTC'),
  digest: z.record(z.string(), z.unknown()),
});

export interface LocalRun {
  readonly settings: z.infer<typeof settingsSchema>;
  readonly plan: StackPlan;
  readonly servers: LocalServers;
  readonly bus: Bus;
  readonly functions: RunningFunctions;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  readonly seedsBucket: string;
  /** Mirrors the seeds folder from now on. */
  mirror(): Promise<SeedsMirror>;
  /** Stops everything, in the order in which nothing is lost. */
  close(): Promise<void>;
}

/** What the functions wrote since the start, line by line, as CloudWatch would have it: in the data's folder. */
export const functionsLogName = 'functions.log';

/** A folder that was named is not there. */
export class MissingFolderError extends Error {
  override readonly name = 'MissingFolderError';
}

const findFreePort = async (port: number): Promise<number> => {
  const probe = await listen(createServer(), port);
  await probe.close();
  return probe.port;
};

/** Undoes what was done, last things first; each once. */
const createCleanup = () => {
  const steps: (() => unknown)[] = [];
  return {
    add: (step: () => unknown): void => {
      steps.push(step);
    },
    unwind: async (): Promise<void> => {
      for (let step = steps.pop(); step; step = steps.pop()) await step();
    },
  };
};

/** The template's resources on the local servers. */
const createResources = async (plan: StackPlan, { s3, queues, dynamodb }: LocalServers): Promise<void> => {
  for (const { name } of plan.buckets) s3.addBucket(name);
  for (const queue of plan.queues) queues.add(queue);
  await createTables(plan.tables, dynamodb.endpoint);
};

const findVariable = (plan: StackPlan, variable: string): string => {
  const value = plan.functions
    .map(({ environment }) => environment[variable])
    .find((each) => each !== undefined);
  if (value === undefined)
    throw new UnsupportedTemplateError(`No function of the template has the variable ${variable}.`);
  return value;
};

/**
 * Synthesizes the app and runs it on this machine: what stands in the template is made on embedded servers, and
 * the bundles run.
 * @throws {FolderInUseError | PortInUseError | MissingFolderError | SynthesisError | UnsupportedTemplateError} with nothing left running
 */
export const startLocal = async (options: LocalRunOptions): Promise<LocalRun> => {
  const { data } = options;
  if (!existsSync(options.seeds))
    throw new MissingFolderError(`There is no folder ${options.seeds} to publish from.`);
  const cleanup = createCleanup();
  try {
    const lock = lockFolder(data);
    cleanup.add(() => lock.release());
    const sitePort = await findFreePort(options.sitePort);
    const wired = Promise.withResolvers<void>();
    const { s3Port, inboxPort } = options;
    const servers = await startServers({ folder: data, s3Port, inboxPort, ready: wired.promise });
    cleanup.add(() => servers.close());
    const outdir = join(data, 'cdk.out');
    await options.synthesize(outdir);

    const siteHost = `127.0.0.1:${sitePort}`;
    const plan = planStack(readAssembly(outdir), {
      toQueueUrl: servers.sqs.toQueueUrl,
      siteHost,
      secrets: options.secrets ?? {},
    });
    await createResources(plan, servers);
    if (servers.queues.releasedAtStart > 0)
      options.print('The last run was ended in the middle of its work, which is taken up again.');
    const local = await startPlan(plan, { ...options, sitePort, servers, cleanup: cleanup });
    wired.resolve();
    return local;
  } catch (error) {
    await cleanup.unwind();
    throw error;
  }
};

/** What a function does with the messages of its queue, in a progress report. */
const toProgressLabel = (name: string): string =>
  name.endsWith('publish') ? 'Publishing' : name.endsWith('deliver') ? 'Delivering' : name;

const createApis = (
  plan: StackPlan,
  functions: RunningFunctions,
  print: LocalRunOptions['print'],
): ReadonlyMap<string, ApiHandler> => {
  const onFailure = (error: unknown, name: string): void =>
    print(`${name}: failed with a request: ${error instanceof Error ? error.message : String(error)}`);
  return new Map(
    plan.apis.map((each) => [
      each.name,
      createApiHandler({ plan: each, invoke: functions.invoke, onFailure }),
    ]),
  );
};

/** Prints, and lets others listen. */
const createPrinter = (write: LocalRunOptions['print']) => {
  const listeners = new Set<LocalRunOptions['print']>();
  return {
    print: (text: string): void => {
      write(text);
      for (const listener of listeners) listener(text);
    },
    onPrint: (listener: LocalRunOptions['print']) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};

interface RunContext extends LocalRunOptions {
  readonly servers: LocalServers;
  readonly cleanup: ReturnType<typeof createCleanup>;
}

const startPlan = async (plan: StackPlan, running: RunContext): Promise<LocalRun> => {
  const { servers, cleanup: undo } = running;
  const { print, onPrint } = createPrinter(running.print);
  const { s3, ses, queues, database, clock } = servers;
  const onError = (error: unknown) => print(error instanceof Error ? error.message : String(error));
  const site = `http://127.0.0.1:${running.sitePort}`;
  const settings = settingsSchema.parse(JSON.parse(findVariable(plan, environmentVariables.publication)));
  const seedsBucket = findVariable(plan, environmentVariables.seedsBucket);
  const internalBucket = findVariable(plan, environmentVariables.internalBucket);

  // Before the functions, and closed after them: what comes of their last acts is not lost.
  const bus = startBus({ plan, s3, queues, clock });
  undo.add(() => bus.close());
  undo.add(ses.onEvent(bus.putEvent));
  const log = createWriteStream(join(running.data, functionsLogName));
  undo.add(() => log.end());
  const overrides = { [environmentVariables.siteAddress]: site };
  const functions = startFunctions({
    plan,
    queues,
    environment: servers.environment,
    clockOffsetMs: clock.offsetMs,
    overrides,
    print,
    writeLog: (line) => log.write(`${line}\n`),
    ...(running.retryDelaySeconds === undefined ? {} : { retryDelaySeconds: running.retryDelaySeconds }),
  });
  undo.add(() => functions.close());
  const apis = createApis(plan, functions, print);
  for (const [index, each] of plan.distributions.entries()) {
    const port = index === 0 ? running.sitePort : 0;
    const server = await startDistribution(each, { s3Endpoint: s3.endpoint, port, apis, now: clock.now });
    undo.add(() => server.close());
  }
  undo.add(printRejections({ s3, internalBucket, print, onError }));
  for (const { queue, function: name } of plan.mappings)
    undo.add(reportProgress(queues, { queue, what: toProgressLabel(name) }, print));

  const ledger = openLocalLedger(servers.dynamodb.endpoint, findVariable(plan, environmentVariables.table));
  undo.add(ledger.close);
  const { title, timeZone } = settings;
  const inbox = ses.endpoint;
  const environment = {
    ...Object.assign({}, ...plan.functions.map((each) => each.environment)),
    ...servers.environment,
    ...overrides,
  };
  const { toQueueUrl } = servers.sqs;
  const run = {
    ...{ plan, title, timeZone: timeZone, site, inbox, environment, toQueueUrl: toQueueUrl },
    ...{ clock, bus, queues, functions, ledger, onPrint },
  };
  const control = await startControlServer(running.data, run);
  undo.add(control.close);

  return {
    plan,
    servers,
    bus,
    functions,
    site,
    seedsBucket,
    settings,
    mirror: async () => {
      const mirror = await mirrorSeeds({
        folder: running.seeds,
        bucket: seedsBucket,
        s3Endpoint: s3.endpoint,
        database,
        onError,
      });
      undo.add(() => mirror.close());
      return mirror;
    },
    close: undo.unwind,
  };
};
