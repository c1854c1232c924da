import type { Bill, BillRow } from './make-bill.ts';
import { copiesOf, type MonthCounts } from './month-counts.ts';
import type { PriceList } from './price-list.ts';

const number = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });

const dollars = (value: number): string =>
  value > 0 && value < 0.005 ? '<$0.01' : value.toLocaleString('en', { style: 'currency', currency: 'USD' });

const hoursOf = (recipients: number, { mailsPerSecond }: MonthCounts): string =>
  `${number(recipients / mailsPerSecond / 3600)} h`;

/** What the bill is of, a line for each thing that was counted or said. */
const describeCounts = (counts: MonthCounts): string[] => {
  const { subscribers, issues, articles, archive, ledgerMonths, signUps } = counts;
  return [
    `subscribers   ${number(subscribers.daily)} daily, ${number(subscribers.weekly)} weekly; ${number(signUps)} sign up`,
    `issues        ${number(issues.daily)} daily, ${number(issues.weekly)} weekly: ${number(copiesOf(counts))} copies; one takes ${hoursOf(subscribers.daily, counts)} daily, ${hoursOf(subscribers.weekly, counts)} weekly, at ${number(counts.mailsPerSecond)} mails a second`,
    `articles      ${number(articles)}, and ${number(archive)} in the archive; delivery batches of ${number(ledgerMonths)} months`,
    `readers       ${number(counts.pageViews)} page views, ${number(counts.feedReaders)} feed readers`,
  ];
};

const cellsOf = (row: BillRow): string[] => [
  `  ${row.what}`,
  number(row.quantity),
  row.unit,
  dollars(row.dollars),
  row.basis + (row.unchecked ? ', price unchecked' : ''),
];

const perSubscriber = (value: number, { subscribers }: MonthCounts): string => {
  const readers = subscribers.daily + subscribers.weekly;
  return readers === 0 ? '' : `  ($${(value / readers).toFixed(6)} a subscriber)`;
};

/** A bill for people: services, under each what it is for; totals, and what they leave out. */
export const formatBill = (bill: Bill, counts: MonthCounts, list: PriceList): string => {
  const table = bill.services.flatMap(({ service, dollars: amount }) => [
    [service, '', '', dollars(amount), ''],
    ...bill.rows.filter((row) => row.service === service).map(cellsOf),
  ]);
  const ses = bill.services.find(({ service }) => service === 'SES')?.dollars ?? 0;
  const totals: readonly (readonly [string, number])[] = [
    ['a month', bill.total],
    ['of it SES', ses],
    ['of it ours', bill.total - ses],
    ['free of ours, if nothing else in the account uses it', -bill.free],
    ['to be paid', bill.total - bill.free],
  ];
  return [
    `A month in ${list.region}, at the prices of ${list.asOf}:`,
    '',
    ...describeCounts(counts),
    '',
    ...align(table),
    '',
    ...align(totals.map(([what, amount]) => [what, '', '', dollars(amount), perSubscriber(amount, counts)])),
    '',
    'Left out: tax, pictures, the first twelve months of a new account, transfer from Lambda, SNS, Route 53, and what other parts of AWS log.',
    '',
  ].join('\n');
};

/** Columns: what, a number to the right, its unit, dollars to the right, and a remark. */
const align = (rows: readonly (readonly string[])[]): string[] => {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = [0, 1, 2, 3].map(width);
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 1 || column === 3 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
};
