/**
 * All benchmarks but that of reading, one after the other, each in a process of its own: `npm run bench`.
 * Other work on the machine shows in every time; requests, objects and builds are counted and do not depend on it.
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

const benchmarks = {
  'One more article': 'publishing.ts',
  'A burst': 'burst.ts',
  'A digest': 'digest.ts',
  'A cold start': 'cold-import.ts',
  'An issue': 'newsletter.ts',
};

const formatLoad = (): string => `load ${loadavg()[0]?.toFixed(1)}`;

console.log(
  `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, ` +
    `${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.version}, ${process.platform}, ${formatLoad()}`,
);
const start = performance.now();
for (const [title, file] of Object.entries(benchmarks)) {
  console.log(`\n## ${title}`);
  const script = fileURLToPath(new URL(file, import.meta.url));
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${file} failed.`);
    process.exitCode = 1;
  }
}
console.log(`\nMeasured in ${((performance.now() - start) / 60_000).toFixed(1)} minutes, ${formatLoad()} at the end.`);
