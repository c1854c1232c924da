import { rmSync, writeFileSync } from 'node:fs';
import type { Io } from '../io.ts';
import { showProgress } from '../output/show-progress.ts';
import { followSeeds } from '../seeds/follow-seeds.ts';
import { formatRedirects } from './format-redirects.ts';
import { type Arrived, type ImportCounts, importArticles } from './import-articles.ts';
import type { Intake } from './open-intake.ts';
import { openReport, type Reason } from './open-report.ts';
import type { Source } from './open-source.ts';
import { createPlanner } from './plan-seed.ts';
import { type Published, sumOutcomes } from './sum-outcomes.ts';

/** How articles are moved in. */
export interface MoveOptions {
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
export interface Run {
  readonly intake: Intake;
  readonly source: Source;
  readonly options: MoveOptions;
  readonly io: Io;
  /** The file that says what is left out or changed. */
  readonly report: string;
}

/** What an import came to, or would. */
export interface Result {
  readonly counts: ImportCounts;
  readonly arrived: readonly Arrived[];
  readonly reasons: readonly Reason[];
  readonly hasReport: boolean;
  readonly published?: Published;
}

/** Goes through the source once, to tell what would come of it or to do it. */
export const goThrough = async (
  { intake, source, options, io, report: file }: Run,
  { write, of }: { readonly write: boolean; readonly of?: ImportCounts },
): Promise<Result> => {
  const { publication, site } = intake;
  const { prefix, base } = options;
  const plan = createPlanner({
    ...{ publicationId: publication.id, timeZone: publication.timeZone, site, prefix },
    now: intake.now().toISOString(),
    modified: source.modified,
    keepsCanonical: options.keepCanonical === true,
  });
  const bar = showProgress(io);
  const all = of ? of.articles + of.leftOut : 0;
  const show = (articles: number): void => bar.show(all > 0 ? articles / all : 0, `${articles} articles`);
  const report = openReport(file);
  try {
    const found = source.read({ timeZone: publication.timeZone, prefix, base });
    const { replace = false } = options;
    const done = await importArticles(intake, {
      found,
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
    bar.end();
  }
};

/** Waits until the articles are published, and writes where they stand. */
export const settle = async (
  { intake, options, io }: Run,
  { arrived }: Result,
): Promise<Pick<Result, 'published'>> => {
  if (!options.wait) return {};
  const bar = showProgress(io);
  let done = 0;
  const show = (): void => {
    done += 1;
    bar.show(done / arrived.length, `${done} published`);
  };
  const published = sumOutcomes(await followSeeds(intake, arrived, show).finally(bar.end));
  if (options.redirects !== undefined) {
    writeFileSync(options.redirects, formatRedirects(arrived, published.addresses), { flag: 'wx' });
    io.err(`Where the old paths lead now is in ${options.redirects}.\n`);
  }
  return { published };
};
