import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildBill } from '../../../../infra/cli/cost/build-bill.ts';
import { toRecipientUsage } from '../../../../infra/cli/cost/count-sending-usage.ts';
import { countUsage } from '../../../../infra/cli/cost/count-usage.ts';
import { formatBill } from '../../../../infra/cli/cost/format-bill.ts';
import { addDefaultCounts, type KnownCounts } from '../../../../infra/cli/cost/month-counts.ts';
import { type PriceList, readPriceList } from '../../../../infra/cli/cost/price-list.ts';
import { readStackResources } from '../../../../infra/cli/cost/stack-resources.ts';
import { synthesizeStack } from '../../synthesize-stack.ts';

const page = 'https://aws.example/pricing/';
const priced = (service: string, price: number, per: number) => ({
  service,
  price,
  per,
  page,
  unit: 'things',
  seen: page,
});
const simple: PriceList = {
  region: 'nowhere',
  asOf: '2026-11-24',
  prices: { 'a.thing': priced('A', 2, 1), 'b.thing': priced('B', 5, 1000) },
  free: { 'b.thing': { quantity: 3000, page, seen: page } },
};
const used = (price: string, quantity: number) => ({
  price,
  what: 'all',
  quantity,
  basis: 'counted' as const,
});

/** As the project is deployed, by mailer. */
const stacks = {
  ses: readStackResources(JSON.parse((await synthesizeStack({})).text)),
  smtp: readStackResources(JSON.parse((await synthesizeStack({ newsletter: { mailer: 'smtp' } })).text)),
};
const usageOf = (known: KnownCounts) => countUsage(addDefaultCounts(known), stacks[known.mailer ?? 'ses']);
const billOf = (known: KnownCounts) => buildBill(usageOf(known), readPriceList());
const textOf = (known: KnownCounts): string =>
  formatBill(billOf(known), known, readPriceList())
    .map((line) => `${line}\n`)
    .join('');

describe('a bill', () => {
  test('is quantities by prices, by service, less what is free of each price', () => {
    const bill = buildBill([used('a.thing', 3), used('b.thing', 2500), used('b.thing', 1500)], simple);
    expect(bill.rows.map(({ dollars }) => dollars)).toEqual([6, 12.5, 7.5]);
    expect(bill.services).toEqual([
      { service: 'A', dollars: 6, free: 0 },
      { service: 'B', dollars: 20, free: 15 },
    ]);
    expect(bill).toMatchObject({ total: 26, free: 15 });
  });

  test('has no more free than was used', () => {
    expect(buildBill([used('b.thing', 1000)], simple)).toMatchObject({ total: 5, free: 5 });
  });

  test('is refused where the price list lacks a price', () => {
    expect(() => buildBill([used('c.thing', 1)], simple)).toThrow('has no price "c.thing"');
  });

  test('of a small publication, in whole', async () => {
    const small = { subscribers: { daily: 150, weekly: 50 }, articles: 60, pageViews: 5000 };
    await expect(textOf(small)).toMatchFileSnapshot('golden/small.txt');
  });

  test('of a blogger with 200 readers is what the manual says', () => {
    const { total, free } = billOf({
      subscribers: { daily: 150, weekly: 50 },
      articles: 60,
      pageViews: 5000,
    });
    const manual = readFileSync(new URL('../../../../docs/operating.md', import.meta.url), 'utf8');
    expect(manual).toContain(`a month pays **$${(total - free).toFixed(2)}**`);
  });

  test('of a month at rest is under a dollar, and what the manual says', () => {
    const rest = { subscribers: {}, articles: 0, archive: 500, issues: { daily: 0, weekly: 0 }, signUps: 0 };
    const { total, free, rows } = billOf({ ...rest, feedReaders: 0 });
    expect(total - free).toBeLessThan(1);
    const manual = readFileSync(new URL('../../../../docs/deploying.md', import.meta.url), 'utf8');
    expect(manual).toContain(`At rest this costs about $${(total - free).toFixed(2)} a month`);
    // The rule for mails about refusals is at work all the time.
    const looks = rows.filter(({ what }) => what === 'refusals and overdue issues');
    expect(looks.find(({ price }) => price === 'lambda.call')?.quantity).toBe(30 * 24 * 12);
    expect(looks.map(({ price }) => price)).toContain('sqs.request');
  });

  test('of a million subscribers, in whole', async () => {
    const large = {
      subscribers: { daily: 1_000_000 },
      articles: 1500,
      pageViews: 3_000_000,
      mailsPerSecond: 14,
    };
    await expect(textOf(large)).toMatchFileSnapshot('golden/million.txt');
  });

  test('of another mailer has no SES, and a secret', () => {
    const { services, rows } = billOf({ subscribers: { daily: 1000 }, mailer: 'smtp' });
    expect(services.map(({ service }) => service)).not.toContain('SES');
    expect(rows.find(({ price }) => price === 'secrets.secret')?.dollars).toBeCloseTo(0.4);
  });

  test('never shrinks as a publication grows', () => {
    const size = fc.nat({ max: 2_000_000 });
    fc.assert(
      fc.property(size, size, size, (daily, articles, pageViews) => {
        const { total, free } = billOf({ subscribers: { daily }, articles, pageViews });
        const more = billOf({
          subscribers: { daily: daily + 1 },
          articles: articles + 1,
          pageViews: pageViews + 1,
        });
        expect(more.total).toBeGreaterThanOrEqual(total);
        expect(more.total - more.free).toBeGreaterThanOrEqual(total - free - 1e-9);
        expect(free).toBeLessThanOrEqual(total);
      }),
    );
  });
});

describe('watching', () => {
  const sumOf = (price: string, known: KnownCounts): number =>
    usageOf(known)
      .filter((row) => row.price === price)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  const none = { articles: 0, signUps: 0 };

  test('a metric is billed for the hours in which it is sent, and no more than a month has', () => {
    const hours = (articles: number) => sumOf('cloudwatch.metricHour', { ...none, articles });
    expect(hours(0)).toBe(0);
    // Two metrics tell of an article.
    expect(hours(30)).toBe(60);
    expect(hours(100_000)).toBe(2 * 720);
  });

  test('an issue is billed for the hours that it is on its way', () => {
    const hours = (daily: number) =>
      sumOf('cloudwatch.metricHour', {
        ...none,
        articles: 30,
        subscribers: { daily },
        mailer: 'smtp',
        mailsPerSecond: 10,
      }) - 60;
    // Two of composing and four of sending, thirty times; three hours more for 108,000 copies.
    expect(hours(1)).toBeCloseTo(30 * (2 + 4), 1);
    expect(hours(108_000)).toBeCloseTo(30 * (2 + 4 * (1 + 3)), 6);
  });

  test('every call of a function is a trace; beyond one a second, one in twenty', () => {
    const traces = (articles: number) => sumOf('xray.trace', { ...none, articles });
    expect(traces(0)).toBe(2 * 43_200 + 8640);
    expect(traces(60)).toBe(43_200 + 43_260 + 8640);
    const second = 30 * 24 * 3600;
    expect(traces(second + 1000)).toBe(2 * 43_200 + 8640 + second + 50);
  });
});

describe('what a stack has', () => {
  test('is read from its template', () => {
    expect(stacks.ses).toEqual({
      alarms: expect.any(Number),
      dashboards: 1,
      // Five for each queue with a limit of concurrency, and two for each without.
      pollers: 14,
      memoryGigabytes: {
        publish: 1769 / 1024,
        resizePicture: 2.5,
        composeIssue: 1,
        deliver: 0.5,
        subscriptions: 0.5,
        recordFeedback: 0.25,
      },
      maxConcurrentDeliveries: 3,
    });
    expect(stacks.ses.alarms).toBeGreaterThan(stacks.smtp.alarms);
  });

  test('is less with a mailer that reports no bounces', () => {
    expect(stacks.smtp).toMatchObject({ pollers: 12, memoryGigabytes: { recordFeedback: 0 } });
  });
});

describe('counts that nobody told', () => {
  test('an issue a day and one a week, to those who read them', () => {
    expect(addDefaultCounts({ subscribers: { daily: 1, weekly: 1 }, articles: 90 }).issues).toEqual({
      immediately: 0,
      daily: 30,
      weekly: 30 / 7,
      monthly: 0,
    });
    expect(addDefaultCounts({ subscribers: { daily: 1 }, articles: 90 }).issues.weekly).toBe(0);
    expect(addDefaultCounts({ subscribers: { immediately: 7 }, articles: 90 }).issues.immediately).toBe(90);
    expect(addDefaultCounts({ subscribers: { monthly: 7 }, articles: 90 }).issues.monthly).toBe(1);
  });

  test('no more issues than articles', () => {
    expect(addDefaultCounts({ subscribers: { daily: 1 }, articles: 3 }).issues.daily).toBe(3);
  });
});

test.each([
  [14, 1260.6, 900.7],
  [200, 1076.4, 305.5],
  [1000, 1076.4, 305.5],
])('a thousand recipients at %i mails a second take the units that were measured', (rate, read, written) => {
  const each = toRecipientUsage(rate);
  expect(each.read * 1000).toBeCloseTo(read, 0);
  expect(each.written * 1000).toBeCloseTo(written, 0);
});
