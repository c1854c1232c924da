#!/usr/bin/env node
// Starts the command. Where this Node cannot run it, the project's own does.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const requiredMajorVersion = 24;
// A checkout has the sources; the package has what they are compiled to.
const main = existsSync(new URL('main.ts', import.meta.url)) ? './main.ts' : '../../dist/infra/cli/main.js';

const runWithProjectNode = async () => {
  const { spawnSync } = await import('node:child_process');
  const node = module.createRequire(import.meta.url).resolve('node/bin/node');
  const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const { status, error } = spawnSync(node, args, { stdio: 'inherit' });
  if (error) console.error(`The project's own Node does not start: ${error.message}. Run npm ci first.`);
  return status ?? 1;
};

if (Number.parseInt(process.versions.node, 10) < requiredMajorVersion) process.exitCode = await runWithProjectNode();
else {
  // Halves the time to start.
  module.enableCompileCache();
  await import(main);
}
