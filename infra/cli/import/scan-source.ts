import { writeFileSync } from 'node:fs';
import { formatCount } from '../output/format-values.ts';
import type { Io } from '../output/io.ts';
import { runWithProgress, type ShowProgress } from '../output/run-with-progress.ts';
import { followSeeds } from '../seeds/follow-seeds.ts';
import { writeCsvFile } from '../subscribers/write-csv-file.ts';
import { createImportReport, importReportHeadings, type ReasonCount } from './create-import-report.ts';
import type { ImportTarget } from './create-import-target.ts';
import { type PublishSummary, summarizeOutcomes } from './format-import.ts';
import { importArticles, type UploadedSeed } from './import-articles.ts';
import { attachMedia, type MediaFolder } from './media/attach-media.ts';
import type { ImportSource } from './open-import-source.ts';
import { createSeedPlanner } from './plan-seed.ts';
import { toPathAndQuery } from './source/old-address.ts';
import type { ArticleImportCounts } from './upload-seed.ts';

export interface ImportCommandOptions {
  readonly prefix: string;
  readonly base?: string;
  readonly media?: string;
  readonly replace?: boolean;
  readonly keepCanonical?: boolean;
  readonly redirects?: string;
  readonly report?: string;
  readonly wait: boolean;
}

export interface ImportRun {
  readonly target: ImportTarget;
  readonly source: ImportSource;
  readonly options: ImportCommandOptions;
  readonly io: Io;
  readonly report: string;
  readonly media: MediaFolder | undefined;
}

export interface ImportResult {
  readonly counts: ArticleImportCounts;
  readonly uploaded: readonly UploadedSeed[];
  readonly reasons: readonly ReasonCount[];
  readonly hasReport: boolean;
  readonly published?: PublishSummary;
}

interface ScanMode {
  readonly write: boolean;
  readonly of?: ArticleImportCounts;
}

export const scanSource = (run: ImportRun, mode: ScanMode): Promise<ImportResult> =>
  runWithProgress(run.io, (show) => scanArticles(run, mode, show));

const scanArticles = async (
  { target, source, media, options, report: file }: ImportRun,
  { write, of: expected }: ScanMode,
  showProgress: ShowProgress,
): Promise<ImportResult> => {
  const { publication, site } = target;
  const { prefix, base } = options;
  const plan = createSeedPlanner({
    publicationId: publication.id,
    timeZone: publication.timeZone,
    site,
    prefix,
    now: target.now().toISOString(),
    fallbackDate: source.modified,
    keepsCanonical: options.keepCanonical === true,
  });
  const total = expected ? expected.articles + expected.skipped : 0;
  const show = (articles: number): void =>
    showProgress(total > 0 ? articles / total : 0, formatCount(articles, 'article'));
  const found = source.read({ timeZone: publication.timeZone, prefix, base });
  const items = media ? attachMedia(found, media, base) : found;
  const { replace = false } = options;
  const csv = { headings: importReportHeadings, removesOlder: options.report === undefined };
  const { result, isWritten } = await writeCsvFile(file, csv, async (rows) => {
    const report = createImportReport(rows);
    const done = await importArticles(target, { items, plan, prefix, write, replace, report: report.add, show });
    return { ...done, reasons: report.reasons() };
  });
  return { ...result, hasReport: isWritten };
};

export const waitUntilPublished = async (
  { target, options, io }: ImportRun,
  { uploaded }: ImportResult,
): Promise<Pick<ImportResult, 'published'>> => {
  if (!options.wait) return {};
  const outcomes = await runWithProgress(io, (show) =>
    followSeeds(target, uploaded, (count) => show(count / uploaded.length, `${count} published`)),
  );
  const published = summarizeOutcomes(outcomes);
  if (options.redirects !== undefined) {
    writeFileSync(options.redirects, formatRedirects(uploaded, published.addresses), { flag: 'wx' });
    io.err(`The redirects of the old paths are in ${options.redirects}.`);
  }
  return { published };
};

/** `/2020/05/story/ https://news.example/articles/story 301`, as Netlify and Cloudflare Pages read it. */
export const formatRedirects = (
  arrived: readonly Pick<UploadedSeed, 'key' | 'oldAddresses'>[],
  addresses: ReadonlyMap<string, string>,
): string => {
  const lines = new Map<string, string>();
  for (const { key, oldAddresses } of arrived) {
    const address = addresses.get(key);
    if (address === undefined) continue;
    for (const old of oldAddresses) {
      const path = toPathAndQuery(old);
      if (old !== address && path !== '/') lines.set(path, `${path} ${address} 301\n`);
    }
  }
  return [...lines.values()].join('');
};
