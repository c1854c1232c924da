import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const script = new URL('audit-dependencies.ts', import.meta.url).pathname;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seedpress-audit-test-'));
  const dependencies = { ropes: '1.2.3' };
  const project = { name: 'harbour', version: '1.0.0', dependencies };
  const packages = { '': project, 'node_modules/ropes': { version: '1.2.3', license: 'MIT' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(project));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ ...project, lockfileVersion: 3, packages }));
});
afterAll(() => rm(folder, { recursive: true }));

/** Audits a project with one dependency at a registry that gives this answer to every question about advisories. */
const audit = async (status: number, advisories: object): Promise<{ code: number | null; lines: string[] }> => {
  const registry = createServer((request, response) => {
    const isAudit = request.url?.includes('advisories') === true;
    response.writeHead(isAudit ? status : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isAudit ? advisories : {}));
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const address = registry.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const child = spawn(process.execPath, [script], {
    cwd: folder,
    env: {
      ...process.env,
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_cache: join(folder, `cache-${port}`),
      npm_config_userconfig: join(folder, 'none'),
    },
  });
  let out = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  registry.close();
  registry.closeAllConnections();
  return { code, lines: out.trim().split('\n') };
};

const advisory = (severity: string) => ({
  ropes: [{ id: 7, url: 'https://advisories.example/7', title: 'It tears', severity, vulnerable_versions: '<2.0.0' }],
});

test('an advisory of high severity fails the audit, and is told', async () => {
  const { code, lines } = await audit(200, advisory('high'));
  expect(lines).toEqual(['high: ropes: It tears https://advisories.example/7', '0 passed, 1 failed, 0 skipped']);
  expect(code).toBe(1);
});

test('dependencies without serious advisories pass', async () => {
  expect(await audit(200, {})).toEqual({ code: 0, lines: ['1 passed, 0 failed, 0 skipped'] });
  expect(await audit(200, advisory('moderate'))).toEqual({ code: 0, lines: ['1 passed, 0 failed, 0 skipped'] });
});

test('a registry that gives no answer skips the audit, in words and in the count', async () => {
  const { code, lines } = await audit(404, { error: 'not found' });
  expect(lines).toEqual([
    'The dependencies were not audited: the registry did not answer.',
    '0 passed, 0 failed, 1 skipped',
  ]);
  expect(code).toBe(0);
});
