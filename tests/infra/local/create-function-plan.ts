import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FunctionPlan } from '../../../infra/local/lambda/plan-functions.ts';

/** A folder that goes when the test ends. */
export const createTemporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'seedpress-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
};

/** Writes a bundle with one module, and describes the function that runs it. */
export const createFunctionPlan = (code: string, more: Partial<FunctionPlan> = {}): FunctionPlan => {
  const bundle = join(createTemporaryFolder(), 'bundle');
  mkdirSync(bundle);
  writeFileSync(join(bundle, 'index.mjs'), code);
  return {
    name: 'echo',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:echo',
    bundle,
    handler: 'index.handler',
    timeoutSeconds: 5,
    memoryMb: 256,
    environment: { GREETING: 'hello' },
    allowsLoops: false,
    role: 'echo-role',
    logGroupArn: undefined,
    isTraced: false,
    ...more,
  };
};
