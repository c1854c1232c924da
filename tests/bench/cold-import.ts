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

const start = (script: string): Promise<number> =>
  timed(() => {
    const { status, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  });

const [empty, imported]: [number[], number[]] = [[], []];
for (let run = 0; run < runs; run += 1) {
  empty.push(await start(''));
  imported.push(await start(`import(${JSON.stringify(pathToFileURL(file).href)})`));
}
const difference = spreadOf(imported).median - spreadOf(empty).median;
printTable(
  ['bundle of publish', 'empty process', 'process that imports it', 'the import alone'],
  [
    [
      `${(statSync(file).size / 1e6).toFixed(2)} MB`,
      tell(spreadOf(empty)),
      tell(spreadOf(imported)),
      `${difference.toFixed(0)} ms`,
    ],
  ],
);
discard(assembly);
