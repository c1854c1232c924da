import { createWriteStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import { variables } from '../../functions/runtime/contract.ts';
import { type Api, createApi } from './api/create-api.ts';
import { openLedger } from './control/read-ledger.ts';
import { startControl } from './control/start-control.ts';
import { createTables } from './create-tables.ts';
import { type Bus, startBus } from './events/start-bus.ts';
import { listen } from './http-server.ts';
import { lockFolder } from './lock-folder.ts';
import { printRejections } from './print-rejections.ts';
import { releaseLeases } from './release-leases.ts';
import { type Mirror, mirrorSeeds } from './seeds/mirror-seeds.ts';
import { startSite } from './site/start-site.ts';
import { type RunningFunctions, startFunctions } from './start-functions.ts';
import { type Servers, startServers } from './start-servers.ts';
import { makePlan } from './template/make-plan.ts';
import type { Plan } from './template/plan.ts';
import { readAssembly } from './template/read-assembly.ts';
import { TemplateRefused } from './template/template.ts';
import { watchProgress } from './watch-progress.ts';

export interface LocalOptions {
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
  readonly retryAfter?: number;
}

/** What the run itself reads of the publication's settings. */
const settingsSchema = z.object({
  title: z.string(),
  timeZone: z.string().default('UTC'),
  digest: z.record(z.string(), z.unknown()),
});

export interface Local {
  readonly settings: z.infer<typeof settingsSchema>;
  readonly plan: Plan;
  readonly servers: Servers;
  readonly bus: Bus;
  readonly functions: RunningFunctions;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  readonly seedsBucket: string;
  /** Mirrors the seeds folder from now on. */
  mirror(): Promise<Mirror>;
  /** Stops everything, in the order in which nothing is lost. */
  close(): Promise<void>;
}

/** What the functions wrote since the start, line by line, as CloudWatch would have it: in the data's folder. */
export const functionsLog = 'functions.log';

/** A folder that was named is not there. */
export class NoSuchFolder extends Error {
  override readonly name = 'NoSuchFolder';
}

const freePort = async (port: number): Promise<number> => {
  const probe = await listen(createServer(), port);
  await probe.close();
  return probe.port;
};

/** Undoes what was done, last things first; each once. */
const createStack = () => {
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
const makeResources = async (plan: Plan, { s3, queues, dynamodb }: Servers): Promise<void> => {
  for (const { name } of plan.buckets) s3.addBucket(name);
  for (const queue of plan.queues) queues.add(queue);
  await createTables(plan.tables, dynamodb.endpoint);
  await releaseLeases(plan.tables, dynamodb.endpoint);
};

const variableOf = (plan: Plan, variable: string): string => {
  const value = plan.functions
    .map(({ environment }) => environment[variable])
    .find((each) => each !== undefined);
  if (value === undefined)
    throw new TemplateRefused(`No function of the template has the variable ${variable}.`);
  return value;
};

/**
 * Synthesizes the app and runs it on this machine: what stands in the template is made on embedded servers, and
 * the bundles run.
 * @throws {FolderInUse | PortTaken | NoSuchFolder | SynthesisFailed | TemplateRefused} with nothing left running
 */
export const startLocal = async (options: LocalOptions): Promise<Local> => {
  const { data } = options;
  if (!existsSync(options.seeds))
    throw new NoSuchFolder(`There is no folder ${options.seeds} to publish from.`);
  const undo = createStack();
  try {
    const lock = lockFolder(data);
    undo.add(() => lock.release());
    const sitePort = await freePort(options.sitePort);
    const wired = Promise.withResolvers<void>();
    const { s3Port, inboxPort } = options;
    const servers = await startServers({ folder: data, s3Port, inboxPort, until: wired.promise });
    undo.add(() => servers.close());
    const outdir = join(data, 'cdk.out');
    await options.synthesize(outdir);

    const siteHost = `127.0.0.1:${sitePort}`;
    const plan = makePlan(readAssembly(outdir), {
      queueUrl: servers.sqs.urlOf,
      siteHost,
      secrets: options.secrets ?? {},
    });
    await makeResources(plan, servers);
    if (servers.queues.releasedAtStart > 0)
      options.print('The last run was ended in the middle of its work, which is taken up again.');
    const local = await runPlan(plan, { ...options, sitePort, servers, undo });
    wired.resolve();
    return local;
  } catch (error) {
    await undo.unwind();
    throw error;
  }
};

/** What a function does with the messages of its queue, in a progress report. */
const workOf = (name: string): string =>
  name.endsWith('publish') ? 'Publishing' : name.endsWith('deliver') ? 'Delivering' : name;

const createApis = (
  plan: Plan,
  functions: RunningFunctions,
  print: LocalOptions['print'],
): ReadonlyMap<string, Api> => {
  const onFailure = (error: unknown, name: string): void =>
    print(`${name}: failed with a request: ${error instanceof Error ? error.message : String(error)}`);
  return new Map(
    plan.apis.map((each) => [each.name, createApi({ plan: each, invoke: functions.invoke, onFailure })]),
  );
};

/** Prints, and lets others listen. */
const createVoice = (write: LocalOptions['print']) => {
  const listeners = new Set<LocalOptions['print']>();
  return {
    print: (text: string): void => {
      write(text);
      for (const listener of listeners) listener(text);
    },
    onPrint: (listener: LocalOptions['print']) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};

interface Running extends LocalOptions {
  readonly servers: Servers;
  readonly undo: ReturnType<typeof createStack>;
}

const runPlan = async (plan: Plan, running: Running): Promise<Local> => {
  const { servers, undo } = running;
  const { print, onPrint } = createVoice(running.print);
  const { s3, ses, queues, database, clock } = servers;
  const onError = (error: unknown) => print(error instanceof Error ? error.message : String(error));
  const site = `http://127.0.0.1:${running.sitePort}`;
  const settings = settingsSchema.parse(JSON.parse(variableOf(plan, variables.publication)));
  const seedsBucket = variableOf(plan, variables.seedsBucket);
  const deskBucket = variableOf(plan, variables.deskBucket);

  // Before the functions, and closed after them: what comes of their last acts is not lost.
  const bus = startBus({ plan, s3, queues, clock });
  undo.add(() => bus.close());
  undo.add(ses.onEvent(bus.put));
  const log = createWriteStream(join(running.data, functionsLog));
  undo.add(() => log.end());
  const overrides = { [variables.siteAddress]: site };
  const functions = startFunctions({
    plan,
    queues,
    environment: servers.environment,
    ahead: clock.ahead,
    overrides,
    print,
    keep: (line) => log.write(`${line}\n`),
    ...(running.retryAfter === undefined ? {} : { retryAfter: running.retryAfter }),
  });
  undo.add(() => functions.close());
  const apis = createApis(plan, functions, print);
  for (const [index, each] of plan.sites.entries()) {
    const port = index === 0 ? running.sitePort : 0;
    const server = await startSite(each, { s3Endpoint: s3.endpoint, port, apis, now: clock.now });
    undo.add(() => server.close());
  }
  undo.add(printRejections({ s3, deskBucket, print, onError }));
  for (const { queue, function: name } of plan.mappings)
    undo.add(watchProgress(queues, { queue, what: workOf(name) }, print));

  const ledger = openLedger(servers.dynamodb.endpoint, variableOf(plan, variables.table));
  undo.add(ledger.close);
  const { title, timeZone: zone } = settings;
  const inbox = ses.endpoint;
  const environment = {
    ...Object.assign({}, ...plan.functions.map((each) => each.environment)),
    ...servers.environment,
    ...overrides,
  };
  const { urlOf } = servers.sqs;
  const run = {
    ...{ plan, title, zone, site, inbox, environment, urlOf },
    ...{ clock, bus, queues, functions, ledger, onPrint },
  };
  const control = await startControl(running.data, run);
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
