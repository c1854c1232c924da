/**
 * What a cold start owes to the size of the bundle: new processes that import the bundled `publish` as it would be
 * deployed, against new processes that do nothing.
 */
import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { discard, synthesized } from '../infra/synthesized.ts';
import { printTable, spreadOf, tell, timed } from './measure.ts';

const runs = 15;

const assembly = synthesized();
const [file] = globSync(join(assembly.outdir, 'asset.*', 'index.mjs'));
if (!file) throw new Error(`there is no bundle in ${assembly.outdir}`);

interface Start {
  readonly elapsed: number;
  readonly processor: number;
}

/** Milliseconds until a new process has ended, and the processor time that it says it used. */
const start = async (work: string): Promise<Start> => {
  const script = `${work}.then(() => { const { user, system } = process.cpuUsage(); console.log((user + system) / 1000); })`;
  let processor = Number.NaN;
  const elapsed = await timed(() => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    processor = Number(stdout);
  });
  return { elapsed, processor };
};

const [empty, imported]: [Start[], Start[]] = [[], []];
for (let run = 0; run < runs; run += 1) {
  empty.push(await start('Promise.resolve()'));
  imported.push(await start(`import(${JSON.stringify(pathToFileURL(file).href)})`));
}

const spread = (starts: readonly Start[], which: keyof Start) => spreadOf(starts.map((one) => one[which]));
const row = (name: string, which: keyof Start): string[] => {
  const [without, within] = [spread(empty, which), spread(imported, which)];
  return [name, tell(without), tell(within), `${(within.median - without.median).toFixed(0)} ms`];
};
console.log(`The bundle has ${(statSync(file).size / 1e6).toFixed(2)} MB.`);
printTable(
  ['', 'an empty process', 'one that imports the bundle', 'the import alone'],
  [row('time', 'elapsed'), row('of it processor', 'processor')],
);
discard(assembly);
