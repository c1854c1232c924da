#!/usr/bin/env node
// Starts the command. Where this Node cannot run TypeScript, the project's own does.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const requiredMajorVersion = 24;

const runWithProjectNode = async () => {
  const { spawnSync } = await import('node:child_process');
  const node = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
  const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const { status, error } = spawnSync(node, args, { stdio: 'inherit' });
  if (error) console.error(`The project's own Node does not start: ${error.message}. Run npm ci first.`);
  return status ?? 1;
};

if (Number.parseInt(process.versions.node, 10) < requiredMajorVersion) process.exitCode = await runWithProjectNode();
else {
  // Halves the time to start.
  module.enableCompileCache();
  await import('./seedpress.ts');
}
