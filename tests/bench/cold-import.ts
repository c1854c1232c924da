/**
 * What a cold start owes to the size of the bundle: new processes that import the bundled `publish` as it would be
 * deployed, against new processes that do nothing.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { seedParserModule } from '../../functions/platform/contract.ts';
import { runCdkApp } from '../infra/run-cdk-app.ts';
import { computeSpread, formatSpread, measureMs, printTable } from './measure.ts';

const runs = 15;

const assembly = mkdtempSync(join(tmpdir(), 'seedpress-cold-import-'));
const { stderr } = await runCdkApp(assembly);
// Only `publish` has the parser of seeds beside it.
const [parser] = globSync(join(assembly, 'asset.*', `${seedParserModule}.mjs`));
const file = parser && join(dirname(parser), 'index.mjs');
if (!file) throw new Error(`there is no bundle in ${assembly}: ${stderr}`);

interface ProcessTimes {
  readonly elapsed: number;
  readonly processor: number;
}

/** Milliseconds until a new process has ended, and the processor time that it says it used. */
const measureProcess = async (work: string): Promise<ProcessTimes> => {
  const script = `${work}.then(() => { const { user, system } = process.cpuUsage(); console.log((user + system) / 1000); })`;
  let processor = Number.NaN;
  const elapsed = await measureMs(() => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    processor = Number(stdout);
  });
  return { elapsed, processor };
};

const [empty, imported]: [ProcessTimes[], ProcessTimes[]] = [[], []];
for (let run = 0; run < runs; run += 1) {
  empty.push(await measureProcess('Promise.resolve()'));
  imported.push(await measureProcess(`import(${JSON.stringify(pathToFileURL(file).href)})`));
}

const summarizeTimes = (starts: readonly ProcessTimes[], which: keyof ProcessTimes) =>
  computeSpread(starts.map((one) => one[which]));
const formatRow = (name: string, which: keyof ProcessTimes): string[] => {
  const [without, within] = [summarizeTimes(empty, which), summarizeTimes(imported, which)];
  return [name, formatSpread(without), formatSpread(within), `${(within.median - without.median).toFixed(0)} ms`];
};
console.log(`The bundle has ${(statSync(file).size / 1e6).toFixed(2)} MB.`);
printTable(
  ['', 'an empty process', 'one that imports the bundle', 'the import alone'],
  [formatRow('time', 'elapsed'), formatRow('of it processor', 'processor')],
);
rmSync(assembly, { recursive: true });
