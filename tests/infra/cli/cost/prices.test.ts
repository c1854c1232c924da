import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultPriceListFile, readPriceList, toDollars } from '../../../../infra/cli/cost/price-list.ts';

const list = readPriceList();

test('every price names a page of Amazon, and what is free has a price', () => {
  for (const { page } of [...Object.values(list.prices), ...Object.values(list.free)])
    expect(page).toMatch(/^https:\/\/aws\.amazon\.com\/[\w/-]+\/$/);
  expect(Object.keys(list.free).filter((name) => !(name in list.prices))).toEqual([]);
});

test('the list is dated as its file is named', () => {
  expect(defaultPriceListFile.pathname).toContain(`/${list.asOf.slice(0, 7)}-${list.region}.json`);
});

test('the benchmark document names the prices of the list', () => {
  const document = readFileSync(new URL('../../../../docs/benchmarks-newsletter.md', import.meta.url), 'utf8');
  const million = (price: string): string => String(Number(toDollars(list, price, 1_000_000).toPrecision(6)));
  for (const told of [
    `$${million('dynamodb.read')} and $${million('dynamodb.written')} for a million units`,
    `$${list.prices['lambda.gigabyteSecond']?.price} for a gigabyte second`,
    `SQS $${Number(million('sqs.request')).toFixed(2)} for a million requests`,
    `SES $${toDollars(list, 'ses.mail', 1000).toFixed(2)} for 1,000 mails`,
  ])
    expect(document).toContain(told);
});
