import { type Cadence, cadences } from '../../../functions/core/publication.ts';
import { formatDuration } from '../output/format-values.ts';
import type { Bill, BillRow } from './build-bill.ts';
import { addCounts, addDefaultCounts, countIssueEmails, type KnownCounts, type MonthCounts } from './month-counts.ts';
import type { PriceList } from './price-list.ts';

const formatNumber = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });

const formatDollars = (value: number): string => {
  const rounded = Math.round(value * 100) / 100;
  if (rounded === 0 && value > 1e-9) return '<$0.01';
  return (rounded || 0).toLocaleString('en', { style: 'currency', currency: 'USD' });
};

const formatSendingTimes = ({ subscribers, mailsPerSecond }: MonthCounts): string => {
  const times = cadences
    .filter((cadence) => subscribers[cadence] > 0)
    .map((cadence) => `${formatDuration(subscribers[cadence] / mailsPerSecond)} ${cadence}`);
  return times.length === 0 ? '' : `; one takes ${times.join(', ')}, at ${formatNumber(mailsPerSecond)} mails a second`;
};

const countLabels = [
  ['articles', 'articles'],
  ['archive', 'the archive'],
  ['issues', 'issues'],
  ['issueKilobytes', 'their size'],
  ['ledgerMonths', 'months of delivery batches'],
  ['signUps', 'sign-ups'],
  ['pageViews', 'page views'],
  ['feedReaders', 'feed readers'],
  ['mailsPerSecond', 'mails a second'],
  ['mailer', 'the mailer'],
] as const;

const formatAssumedCounts = (known: KnownCounts): string[] => {
  const assumed = countLabels.filter(([count]) => known[count] === undefined).map(([, name]) => name);
  return assumed.length === 0 ? [] : [`supposed      ${assumed.join(', ')}`];
};

const formatCounts = (counts: Readonly<Record<Cadence, number>>): string =>
  cadences
    .filter((cadence) => counts[cadence] > 0)
    .map((cadence) => `${formatNumber(counts[cadence])} ${cadence}`)
    .join(', ') || 'none';

const formatMonthCounts = (counts: MonthCounts): string[] => {
  const { subscribers, issues, articles, archive, ledgerMonths, signUps } = counts;
  return [
    `subscribers   ${formatCounts(subscribers)}; ${formatNumber(signUps)} sign up`,
    `issues        ${formatCounts(issues)}: ${formatNumber(countIssueEmails(counts))} copies${formatSendingTimes(counts)}`,
    `articles      ${formatNumber(articles)}, and ${formatNumber(archive)} in the archive; delivery batches of ${formatNumber(ledgerMonths)} months`,
    `readers       ${formatNumber(counts.pageViews)} page views, ${formatNumber(counts.feedReaders)} feed readers`,
  ];
};

const formatRow = (row: BillRow): string[] => [
  `  ${row.what}`,
  formatNumber(row.quantity),
  row.unit,
  formatDollars(row.dollars),
  row.basis + (row.unchecked ? ', price unchecked' : ''),
];

const formatPerSubscriber = (value: number, { subscribers }: MonthCounts): string => {
  const readers = addCounts(subscribers);
  return readers === 0 || value < 0 ? '' : `  ($${(value / readers).toFixed(6)} a subscriber)`;
};

export const formatBill = (bill: Bill, known: KnownCounts, list: PriceList): string[] => {
  const counts = addDefaultCounts(known);
  const table = bill.services.flatMap(({ service, dollars: amount, free }) => [
    [service, '', '', formatDollars(amount), free > 0 ? `${formatDollars(amount - free)} to be paid` : ''],
    ...bill.rows.filter((row) => row.service === service).map(formatRow),
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
    `A month in ${list.region}, at the prices of ${list.asOf}: ${formatDollars(bill.total - bill.free)}, where nothing else in the account uses what is free in it.`,
    '',
    ...formatMonthCounts(counts),
    ...formatAssumedCounts(known),
    '',
    ...alignColumns(table),
    '',
    ...alignColumns(
      totals.map(([what, amount]) => [what, '', '', formatDollars(amount), formatPerSubscriber(amount, counts)]),
    ),
    '',
    'Counted is what was asked for or what the template makes; measured what the benchmarks in docs/ say; estimated what infra/cli/cost/assumptions.ts supposes.',
    'Left out: tax, pictures, the first twelve months of a new account, transfer from Lambda, SNS, Route 53, and what other parts of AWS log.',
  ];
};

const alignColumns = (rows: readonly (readonly string[])[]): string[] => {
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
