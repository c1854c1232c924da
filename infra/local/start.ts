import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeAddresses } from './describe-addresses.ts';
import { explainFailure } from './explain-failure.ts';
import { readOptions } from './read-options.ts';
import { type Local, startLocal } from './start-local.ts';
import { synthesizeApp } from './synthesize-app.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
// Lambdas live in UTC.
process.env.TZ = 'UTC';

const print = (text: string): void => console.log(text);

/** The first signal stops cleanly, the second at once. */
const stopOnSignal = (local: Promise<Local>): void => {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    print('\nStopping; what is running may finish. Ctrl-C again stops at once.');
    await (await local).close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  if (process.env.npm_lifecycle_event !== undefined) onceOrphaned(stop);
};

/** npm hands a SIGTERM to the shell between it and us, which ends without telling us. */
const onceOrphaned = (stop: () => void): void => {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
};

const run = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2), process.env, root);
  if ('help' in options) return print(options.help);
  print('Building the app …');
  const starting = startLocal({ ...options, synthesize: (outdir) => synthesizeApp(root, outdir), print });
  stopOnSignal(starting);
  const local = await starting;
  const near = `${relative(process.cwd(), options.seeds)}/`;
  const folder = near.startsWith('..') ? options.seeds : near;
  print(describeAddresses(local, folder));
  const { uploaded, removed } = await local.mirror();
  if (uploaded + removed > 0) print(`${folder}: ${uploaded} to publish, ${removed} withdrawn`);
};

try {
  await run();
} catch (error) {
  const { message, exitCode } = explainFailure(error);
  console.error(message);
  process.exit(exitCode);
}
