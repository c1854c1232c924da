import { formatTable } from '../output/format-values.ts';
import type { SeedChangeOutcome } from '../seeds/find-seed-outcome.ts';
import type { ReasonCount } from './create-import-report.ts';
import type { ImportFormat } from './detect-import-format.ts';
import type { ArticleImportCounts } from './upload-seed.ts';

const formatNames: Readonly<Record<ImportFormat, string>> = {
  feed: 'a feed',
  wordpress: 'a WordPress export',
  ghost: 'a Ghost export',
  medium: 'a Medium export',
  substack: 'a Substack export',
  markdown: 'a folder of Markdown files',
};

const maxReasons = 20;

export const formatImportCounts = (
  format: ImportFormat,
  counts: ArticleImportCounts,
  published?: PublishSummary,
): string[] =>
  formatTable([
    ['Source', formatNames[format]],
    ['New', String(counts.added)],
    ['Unchanged', String(counts.unchanged)],
    ...(counts.replaced > 0 ? [['Replaced', String(counts.replaced)]] : []),
    ...(counts.kept > 0 ? [['Different, kept', String(counts.kept)]] : []),
    ['Left out', String(counts.skipped)],
    ...(counts.pictures > 0 ? [['Pictures', String(counts.pictures)]] : []),
    ...(published ? [['Published', String(published.addresses.size)]] : []),
    ...(published && published.scheduled > 0 ? [['Scheduled', String(published.scheduled)]] : []),
    ...(published && published.refused.length > 0 ? [['Refused', String(published.refused.length)]] : []),
    ...(published && published.waiting > 0 ? [['Not published yet', String(published.waiting)]] : []),
  ]);

export const formatImportReasons = (reasons: readonly ReasonCount[]): string[] => {
  if (reasons.length === 0) return [];
  const rows = reasons.slice(0, maxReasons).map(({ count, outcome, reason }) => [String(count), outcome, reason]);
  const more = reasons.length > maxReasons ? [`and ${reasons.length - maxReasons} more`] : [];
  return ['', ...formatTable(rows), ...more];
};

export interface PublishSummary {
  readonly addresses: ReadonlyMap<string, string>;
  readonly scheduled: number;
  readonly refused: readonly { readonly key: string; readonly reason: string }[];
  /** Seeds of which nothing was heard, or that somebody else has changed since. */
  readonly waiting: number;
}

export const summarizeOutcomes = (outcomes: ReadonlyMap<string, SeedChangeOutcome>): PublishSummary => {
  const addresses = new Map<string, string>();
  const refused: { key: string; reason: string }[] = [];
  let scheduled = 0;
  for (const [key, outcome] of outcomes) {
    if (outcome.state === 'published') addresses.set(key, outcome.address);
    if (outcome.state === 'refused') refused.push({ key, reason: outcome.reason });
    if (outcome.state === 'scheduled') scheduled += 1;
  }
  const waiting = outcomes.size - addresses.size - refused.length - scheduled;
  return { addresses, scheduled, refused, waiting };
};
