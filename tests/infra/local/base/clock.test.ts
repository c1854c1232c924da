import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { openClock } from '../../../../infra/local/base/clock.ts';
import { openDatabase } from '../../../../infra/local/base/database.ts';
import { createLambdaPool } from '../../../../infra/local/lambda/create-lambda-pool.ts';
import { createFunctionPlan } from '../create-function-plan.ts';

test('the clock follows the machine’s, is set forward only, and keeps its offset', () => {
  const database = openDatabase(':memory:');
  const machine = { now: Date.parse('2026-12-01T07:00:00Z') };
  const clock = openClock(database, () => machine.now);
  let moves = 0;
  clock.onAdvance(() => {
    moves += 1;
  });
  expect(clock.now().toISOString()).toBe('2026-12-01T07:00:00.000Z');
  clock.advanceTo(new Date('2026-12-24T18:00:00Z'));
  machine.now += 60_000;
  expect(clock.now().toISOString()).toBe('2026-12-24T18:01:00.000Z');
  clock.advanceTo(new Date('2026-12-02T07:00:00Z'));
  expect([clock.now().toISOString(), moves]).toEqual(['2026-12-24T18:01:00.000Z', 1]);
  const again = openClock(database, () => machine.now);
  expect(again.now()).toEqual(clock.now());
});

test('a running function sees the clock move, but its deadline does not', async () => {
  const clock = openClock(openDatabase(':memory:'));
  const code = `export const handler = async (event, context) => ({
    now: Date.now(), made: new Date().getTime(), fixed: new Date(0).toISOString(), isDate: new Date() instanceof Date,
    parsed: Date.parse('2026-12-01'), left: context.getRemainingTimeInMillis() });`;
  const pool = createLambdaPool({
    plan: createFunctionPlan(code),
    environment: {},
    clockOffsetMs: clock.offsetMs,
    onLine: () => {},
  });
  onTestFinished(() => pool.stop());
  await pool.invoke({});
  const day = 24 * 60 * 60 * 1000;
  const before = Date.now();
  clock.advanceTo(new Date(before + 28 * day));
  const seen = z.looseObject({ left: z.number(), now: z.number(), made: z.number() }).parse(await pool.invoke({}));
  const after = Date.now();
  expect(seen).toMatchObject({
    fixed: '1970-01-01T00:00:00.000Z',
    isDate: true,
    parsed: Date.parse('2026-12-01'),
  });
  for (const moment of [seen.now, seen.made]) {
    expect(moment).toBeGreaterThanOrEqual(before + 28 * day);
    expect(moment).toBeLessThanOrEqual(after + 28 * day);
  }
  expect(seen.left).toBeGreaterThan(0);
  expect(seen.left).toBeLessThanOrEqual(5000);
});
