import { rmSync, writeFileSync } from 'node:fs';
import { createProgressBar } from '../output/create-progress-bar.ts';
import type { Io } from '../output/io.ts';
import { followSeeds } from '../seeds/follow-seeds.ts';
import { createImportReport, type ReasonCount } from './create-import-report.ts';
import type { ImportTarget } from './create-import-target.ts';
import { importArticles, type UploadedSeed } from './import-articles.ts';
import type { ImportSource } from './open-import-source.ts';
import { createSeedPlanner } from './plan-seed.ts';
import { toPathAndQuery } from './source/old-address.ts';
import { type PublishSummary, summarizeOutcomes } from './summarize-outcomes.ts';
import type { ArticleImportCounts } from './upload-seed.ts';

/** How articles are moved in. */
export interface ImportCommandOptions {
  /** Before the keys of the seeds. */
  readonly prefix: string;
  /** The old site's address. */
  readonly base?: string;
  readonly replace?: boolean;
  readonly keepCanonical?: boolean;
  /** The file that says where each old path leads now. */
  readonly redirects?: string;
  /** The file of the report, where one was named. */
  readonly report?: string;
  readonly wait: boolean;
}

/** One import: from where, into what, and how. */
export interface ImportRun {
  readonly target: ImportTarget;
  readonly source: ImportSource;
  readonly options: ImportCommandOptions;
  readonly io: Io;
  /** The file that says what is left out or changed. */
  readonly report: string;
}

/** What an import came to, or would. */
export interface ImportResult {
  readonly counts: ArticleImportCounts;
  readonly uploaded: readonly UploadedSeed[];
  readonly reasons: readonly ReasonCount[];
  readonly hasReport: boolean;
  readonly published?: PublishSummary;
}

/** Goes through the source once, to tell what would come of it or to do it. */
export const scanSource = async (
  { target: intake, source, options, io, report: file }: ImportRun,
  { write, of: expected }: { readonly write: boolean; readonly of?: ArticleImportCounts },
): Promise<ImportResult> => {
  const { publication, site } = intake;
  const { prefix, base } = options;
  const plan = createSeedPlanner({
    ...{ publicationId: publication.id, timeZone: publication.timeZone, site, prefix },
    now: intake.now().toISOString(),
    fallbackDate: source.modified,
    keepsCanonical: options.keepCanonical === true,
  });
  const progress = createProgressBar(io);
  const total = expected ? expected.articles + expected.skipped : 0;
  const show = (articles: number): void =>
    progress.show(total > 0 ? articles / total : 0, `${articles} articles`);
  const report = createImportReport(file);
  try {
    const items = source.read({ timeZone: publication.timeZone, prefix, base });
    const { replace = false } = options;
    const done = await importArticles(intake, {
      items,
      plan,
      prefix,
      write,
      replace,
      report: report.add,
      show,
    });
    const hasReport = await report.finish();
    // That of an earlier run would tell of what is mended by now.
    if (!hasReport && options.report === undefined) rmSync(file, { force: true });
    return { ...done, reasons: report.reasons(), hasReport };
  } catch (error) {
    await report.abandon();
    throw error;
  } finally {
    progress.end();
  }
};

/** Waits until the articles are published, and writes where they stand. */
export const waitUntilPublished = async (
  { target: intake, options, io }: ImportRun,
  { uploaded: arrived }: ImportResult,
): Promise<Pick<ImportResult, 'published'>> => {
  if (!options.wait) return {};
  const progress = createProgressBar(io);
  let done = 0;
  const show = (): void => {
    done += 1;
    progress.show(done / arrived.length, `${done} published`);
  };
  const published = summarizeOutcomes(await followSeeds(intake, arrived, show).finally(progress.end));
  if (options.redirects !== undefined) {
    writeFileSync(options.redirects, formatRedirects(arrived, published.addresses), { flag: 'wx' });
    io.err(`Where the old paths lead now is in ${options.redirects}.\n`);
  }
  return { published };
};

/**
 * Where each old path leads now, a line for each: `/2020/05/story/ https://news.example/articles/story 301`. Netlify and
 * Cloudflare Pages read it as it is. What stands where it stood is left out.
 */
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
