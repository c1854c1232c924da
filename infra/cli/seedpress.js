#!/usr/bin/env node
// Starts the command. Where this Node cannot run TypeScript, the project's own does.
import { fileURLToPath } from 'node:url';

const requiredMajorVersion = 24;

const runWithProjectNode = async () => {
  const { spawnSync } = await import('node:child_process');
  const node = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
  const command = fileURLToPath(new URL('seedpress.ts', import.meta.url));
  const { status, error } = spawnSync(node, [command, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (error) console.error(`The project's own Node does not start: ${error.message}. Run npm ci first.`);
  return status ?? 1;
};

if (Number.parseInt(process.versions.node, 10) >= requiredMajorVersion) await import('./seedpress.ts');
else process.exitCode = await runWithProjectNode();
