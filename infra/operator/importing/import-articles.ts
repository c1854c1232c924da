import { inParallel } from '../../../functions/publishing/in-parallel.ts';
import { inPortions } from '../in-portions.ts';
import { detached } from './detached.ts';
import type { Found, LeftOut } from './found.ts';
import type { Intake } from './open-intake.ts';
import type { PlannedSeed } from './plan-seed.ts';
import { type Uploading, uploadSeed } from './upload-seed.ts';

/** Articles that are worked on at once. */
const portion = 50;

/** What came of the articles of a source. */
export interface ImportCounts {
  readonly articles: number;
  readonly added: number;
  /** There already, to the byte. */
  readonly unchanged: number;
  /** There with other content, which was replaced. */
  readonly replaced: number;
  /** There with other content, which stays. */
  readonly kept: number;
  readonly leftOut: number;
  readonly pictures: number;
}

/** A line of the report: where in the source, what became of it and why. */
export interface ReportLine {
  readonly place: string;
  readonly title: string;
  readonly outcome: 'left out' | 'changed' | 'kept' | 'refused';
  readonly reason: string;
}

/** A seed that is there now. */
export interface Arrived extends Pick<PlannedSeed, 'key' | 'oldAddresses'> {
  /** Of the object that is there now. */
  readonly etag: string;
  /** The name of the upload that publishing had recorded before. */
  readonly before?: string | undefined;
}

export interface ImportOptions {
  readonly found: AsyncIterable<Found> | Iterable<Found>;
  readonly plan: (found: Found & { kind: 'article' }) => PlannedSeed | LeftOut;
  readonly prefix: string;
  /** Whether anything is to be uploaded. */
  readonly write: boolean;
  /** Whether what is there with other content is to be replaced. */
  readonly replace: boolean;
  readonly report: (line: ReportLine) => Promise<void>;
  /** Takes how many articles were gone through. */
  readonly show: (articles: number) => void;
}

interface Run extends Uploading {
  readonly intake: Uploading['intake'] & Pick<Intake, 'articles' | 'seeds'>;
}

/**
 * Uploads the articles of a source with their pictures. Done again, or again after it was broken off, it uploads only
 * what is missing; what is there with other content stays, unless it is to be replaced.
 * @returns the counts, and the seeds that are in the bucket now
 */
export const importArticles = async (
  intake: Run['intake'] & Pick<Intake, 'list'>,
  options: ImportOptions,
): Promise<{ readonly counts: ImportCounts; readonly arrived: readonly Arrived[] }> => {
  const counts = { articles: 0, added: 0, unchanged: 0, replaced: 0, kept: 0, leftOut: 0, pictures: 0 };
  const run = { ...options, intake, counts, there: await intake.list(options.prefix) };
  const arrived: Arrived[] = [];
  for await (const some of inPortions(options.found, portion)) {
    const planned = some.map((found) => (found.kind === 'article' ? options.plan(found) : found));
    arrived.push(...(await takeIn(run, planned)));
    options.show(counts.articles + counts.leftOut);
  }
  return { counts, arrived };
};

const tellLeftOut = async (run: Run, { place, title, reason }: Omit<LeftOut, 'kind'>): Promise<void> => {
  run.counts.leftOut += 1;
  await run.report({ place, title, outcome: 'left out', reason });
};

/** Ids and slugs that articles here have already. Only one seed can be an article. */
const settle = async (run: Run, seeds: readonly PlannedSeed[]): Promise<PlannedSeed[]> => {
  const { articles } = run.intake;
  const records = new Map((await articles.getMany(seeds.map(({ id }) => id))).map((each) => [each.id, each]));
  const holders = await inParallel(seeds, ({ slug }) => articles.holderOf(slug));
  const free: PlannedSeed[] = [];
  for (const [index, seed] of seeds.entries()) {
    const other = records.get(seed.id)?.sources.find((key) => key !== seed.key);
    const holder = holders[index];
    const isTaken = holder !== undefined && holder !== seed.id;
    const remarks = isTaken
      ? [...seed.remarks, 'its slug is taken here: its address gets a few letters more']
      : seed.remarks;
    if (other !== undefined) await tellLeftOut(run, { ...seed, reason: `its id is that of ${other} here` });
    else free.push({ ...seed, remarks });
  }
  return free;
};

const takeIn = async (run: Run, planned: readonly (PlannedSeed | LeftOut)[]): Promise<Arrived[]> => {
  for (const each of planned) if (each.kind === 'left out') await tellLeftOut(run, each);
  const seeds = await settle(
    run,
    planned.filter((each) => each.kind === 'seed'),
  );
  const records = await run.intake.seeds.getMany(seeds.map(({ key }) => key));
  const recorded = new Map(records.map(({ key, sequencer }) => [key, sequencer]));
  for (const { place, title, remarks } of seeds)
    for (const reason of remarks) await run.report({ place, title, outcome: 'changed', reason });
  const arrived = await inParallel(seeds, async (seed) => {
    const done = await uploadSeed(run, seed);
    return {
      key: detached(seed.key),
      etag: detached(run.there.get(seed.key) ?? ''),
      oldAddresses: seed.oldAddresses.map(detached),
      before: done === 'replaced' ? recorded.get(seed.key) : undefined,
    };
  });
  run.counts.articles += seeds.length;
  return arrived;
};
