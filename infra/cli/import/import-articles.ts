import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import type { ImportTarget } from './create-import-target.ts';
import type { PlannedSeed } from './plan-seed.ts';
import { copyString } from './source/copy-string.ts';
import type { Skipped, SourceItem } from './source/source-item.ts';
import { type ArticleImportCounts, type ArticleImportOptions, type UploadContext, uploadSeed } from './upload-seed.ts';

const maxBatchItems = 50;

/** Characters of their bodies, so that a batch of large ones does not fill the memory. */
const maxBatchLength = 8 * 1024 * 1024;

const countCharacters = (item: SourceItem): number => {
  if (item.kind !== 'article') return 0;
  const { body } = item.article;
  return body.kind === 'html' ? body.html.length : body.text.length;
};

async function* readBatches(items: ArticleImportOptions['items']): AsyncGenerator<readonly SourceItem[]> {
  let [batch, length]: [SourceItem[], number] = [[], 0];
  for await (const item of items) {
    batch.push(item);
    length += countCharacters(item);
    if (batch.length < maxBatchItems && length < maxBatchLength) continue;
    yield batch;
    [batch, length] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

export interface UploadedSeed extends Pick<PlannedSeed, 'key' | 'oldAddresses'> {
  readonly etag: string;
  readonly previousSequencer?: string | undefined;
}

interface ArticleImportRun extends UploadContext {
  readonly target: UploadContext['target'] & Pick<ImportTarget, 'articles' | 'seeds'>;
}

/** Can be repeated, also after an interruption: only what is missing is uploaded. */
export const importArticles = async (
  target: ArticleImportRun['target'] & Pick<ImportTarget, 'list'>,
  options: ArticleImportOptions,
): Promise<{ readonly counts: ArticleImportCounts; readonly uploaded: readonly UploadedSeed[] }> => {
  const counts = { articles: 0, added: 0, unchanged: 0, replaced: 0, kept: 0, skipped: 0, pictures: 0 };
  const run = { ...options, target, counts, existingHashes: await target.list(options.prefix) };
  const uploaded: UploadedSeed[] = [];
  for await (const some of readBatches(options.items)) {
    const planned = some.map((found) => (found.kind === 'article' ? options.plan(found) : found));
    uploaded.push(...(await importBatch(run, planned)));
    options.show(counts.articles + counts.skipped);
  }
  return { counts, uploaded };
};

const reportSkipped = async (run: ArticleImportRun, { place, title, reason }: Omit<Skipped, 'kind'>): Promise<void> => {
  run.counts.skipped += 1;
  await run.report({ place, title, outcome: 'left out', reason });
};

/** Ids and slugs that articles here have already. Only one seed can be an article. */
const reconcileWithArticles = async (run: ArticleImportRun, seeds: readonly PlannedSeed[]): Promise<PlannedSeed[]> => {
  const { articles } = run.target;
  const records = new Map((await articles.getMany(seeds.map(({ id }) => id))).map((each) => [each.id, each]));
  const holders = await mapInParallel(seeds, ({ slug }) => articles.findSlugOwner(slug));
  const free: PlannedSeed[] = [];
  for (const [index, seed] of seeds.entries()) {
    const other = records.get(seed.id)?.seedKeys.find((key) => key !== seed.key);
    const holder = holders[index];
    const isTaken = holder !== undefined && holder !== seed.id;
    const remarks = isTaken
      ? [...seed.remarks, 'its slug is in use: its address gets a few more letters']
      : seed.remarks;
    if (other !== undefined) await reportSkipped(run, { ...seed, reason: `its id is that of ${other} here` });
    else free.push({ ...seed, remarks });
  }
  return free;
};

const importBatch = async (
  run: ArticleImportRun,
  planned: readonly (PlannedSeed | Skipped)[],
): Promise<UploadedSeed[]> => {
  for (const each of planned) if (each.kind === 'left out') await reportSkipped(run, each);
  const seeds = await reconcileWithArticles(
    run,
    planned.filter((each) => each.kind === 'seed'),
  );
  const records = await run.target.seeds.getMany(seeds.map(({ key }) => key));
  const recorded = new Map(records.map(({ key, sequencer }) => [key, sequencer]));
  for (const { place, title, remarks } of seeds)
    for (const reason of remarks) await run.report({ place, title, outcome: 'changed', reason });
  const uploaded = await mapInParallel(seeds, async (seed) => {
    const done = await uploadSeed(run, seed);
    return {
      key: copyString(seed.key),
      etag: copyString(run.existingHashes.get(seed.key) ?? ''),
      oldAddresses: seed.oldAddresses.map(copyString),
      previousSequencer: done === 'replaced' ? recorded.get(seed.key) : undefined,
    };
  });
  run.counts.articles += seeds.length;
  return uploaded;
};
