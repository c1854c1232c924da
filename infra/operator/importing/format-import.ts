import { formatTable } from '../output/format-table.ts';
import type { Format } from './detect-format.ts';
import type { ImportCounts } from './import-articles.ts';
import type { Reason } from './open-report.ts';
import type { Published } from './sum-outcomes.ts';

const names: Readonly<Record<Format, string>> = {
  feed: 'a feed',
  wordpress: 'an export of WordPress',
  ghost: 'an export of Ghost',
  markdown: 'a folder of Markdown',
};

/** Lines of reasons that are shown. */
const most = 20;

/** What an import comes to, as a table. */
export const formatCounts = (format: Format, counts: ImportCounts, published?: Published): string =>
  formatTable([
    ['Source', names[format]],
    ['New', String(counts.added)],
    ['There, unchanged', String(counts.unchanged)],
    ...(counts.replaced > 0 ? [['There, replaced', String(counts.replaced)]] : []),
    ...(counts.kept > 0 ? [['There, different', String(counts.kept)]] : []),
    ['Left out', String(counts.leftOut)],
    ...(counts.pictures > 0 ? [['Pictures', String(counts.pictures)]] : []),
    ...(published ? [['Published', String(published.addresses.size)]] : []),
    ...(published && published.scheduled > 0 ? [['Wait for their time', String(published.scheduled)]] : []),
    ...(published && published.refused.length > 0 ? [['Refused', String(published.refused.length)]] : []),
    ...(published && published.waiting > 0 ? [['Not heard of', String(published.waiting)]] : []),
  ]);

/** Why articles are left out or changed, and how many. */
export const formatReasons = (reasons: readonly Reason[]): string => {
  if (reasons.length === 0) return '';
  const rows = reasons.slice(0, most).map(({ count, outcome, reason }) => [String(count), outcome, reason]);
  const more = reasons.length > most ? `and ${reasons.length - most} more\n` : '';
  return `\n${formatTable(rows)}${more}`;
};
