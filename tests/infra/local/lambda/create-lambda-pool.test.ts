import { expect, onTestFinished, test } from 'vitest';
import { createLambdaPool, type LambdaPoolProps } from '../../../../infra/local/lambda/create-lambda-pool.ts';
import { createFunctionPlan } from '../create-function-plan.ts';

const poolOf = (code: string, more: Partial<LambdaPoolProps> = {}, timeoutSeconds = 5) => {
  const lines: string[] = [];
  const plan = createFunctionPlan(code, { timeoutSeconds });
  const pool = createLambdaPool({ plan, environment: {}, onLine: (line) => lines.push(line), ...more });
  onTestFinished(() => pool.stop());
  return { pool, lines };
};

test('a function has its own environment and nothing of the test process', async () => {
  const { pool } = poolOf('export const handler = async () => process.env;', {
    environment: { AWS_REGION: 'us-east-1', GREETING: 'overridden by the template' },
    overrides: { SITE_ADDRESS: 'http://127.0.0.1:1' },
  });
  const environment = await pool.invoke({});
  expect(environment).toMatchObject({
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'echo',
    GREETING: 'hello',
    SITE_ADDRESS: 'http://127.0.0.1:1',
  });
  expect(environment).not.toHaveProperty('PATH');
});

test('a warm worker keeps its module state, and a second one starts only when both are needed', async () => {
  const { pool } = poolOf(`
    import { setTimeout as sleep } from 'node:timers/promises';
    import { threadId } from 'node:worker_threads';
    let count = 0;
    export const handler = async ({ wait }) => { await sleep(wait); return { count: ++count, threadId }; };`);
  const first = await pool.invoke({ wait: 0 });
  expect(first).toMatchObject({ count: 1 });
  expect(await pool.invoke({ wait: 0 })).toEqual({ ...Object(first), count: 2 });
  const both = await Promise.all([pool.invoke({ wait: 100 }), pool.invoke({ wait: 100 })]);
  expect(both.map((each) => Object(each).count).sort()).toEqual([1, 3]);
});

test('an error, a crash or an exit of the worker fails that invocation only', async () => {
  const { pool } = poolOf(`
    export const handler = async ({ how }) => {
      if (how === 'throw') throw new TypeError('not like this');
      if (how === 'exit') process.exit(3);
      if (how === 'crash') { setTimeout(() => { throw new Error('from nowhere'); }); await new Promise(() => {}); }
      return 'fine';
    };`);
  await expect(pool.invoke({ how: 'throw' })).rejects.toThrow('TypeError: not like this');
  await expect(pool.invoke({ how: 'exit' })).rejects.toThrow('exit code 3');
  await expect(pool.invoke({ how: 'crash' })).rejects.toThrow('from nowhere');
  expect(await pool.invoke({})).toBe('fine');
});

test('a function that times out is stopped, even in an endless loop', async () => {
  const { pool } = poolOf(`export const handler = async ({ spin }) => { while (spin); return 'fine'; };`, {}, 1);
  await expect(pool.invoke({ spin: true })).rejects.toThrow('timed out after 1 seconds');
  expect(await pool.invoke({})).toBe('fine');
});

test('a bundle that cannot be loaded or has no handler fails with a message', async () => {
  await expect(poolOf('export const other = 1;').pool.invoke({})).rejects.toThrow('exports no function handler');
  await expect(poolOf('throw new Error("no settings");').pool.invoke({})).rejects.toThrow('no settings');
});

test('the output of a function is passed on line by line', async () => {
  const { pool, lines } = poolOf(
    `export const handler = async () => { console.log('one\\ntwo'); console.error('three'); };`,
  );
  await pool.invoke({});
  await expect.poll(() => [...lines].sort()).toEqual(['one', 'three', 'two']);
});

test('after a restart, new workers have the new variables, and a running invocation is finished by its old one', async () => {
  const { pool } = poolOf(`
    import { setTimeout as sleep } from 'node:timers/promises';
    export const handler = async ({ wait }) => { await sleep(wait); return process.env.GREETING; };`);
  const running = pool.invoke({ wait: 300 });
  await pool.restart({ GREETING: 'good evening' });
  expect(await pool.invoke({ wait: 0 })).toBe('good evening');
  expect(await running).toBe('hello');
  expect(await Promise.all([pool.invoke({ wait: 0 }), pool.invoke({ wait: 0 })])).toEqual([
    'good evening',
    'good evening',
  ]);
});
