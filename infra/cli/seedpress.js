#!/usr/bin/env node
// Starts the command with the project's own Node: an older one cannot run TypeScript.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const node = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
const command = fileURLToPath(new URL('seedpress.ts', import.meta.url));
const { status, error } = spawnSync(node, [command, ...process.argv.slice(2)], { stdio: 'inherit' });
if (error) console.error(`The project's Node cannot be started: ${error.message}. Run npm ci first.`);
process.exitCode = status ?? 1;
