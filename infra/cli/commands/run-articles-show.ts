import { readJsonObject } from '../../../functions/adapters/bucket.ts';
import { formatWarning } from '../../../functions/core/article.ts';
import { articleBodySchema } from '../../../functions/core/entry.ts';
import type { ArticleRecord } from '../../../functions/core/lifecycle/article-record.ts';
import { findArticleId, listSeedWarnings, type SeedRecord } from '../../../functions/core/lifecycle/seed-record.ts';
import { findCopyPath, sitePaths, toSiteUrl } from '../../../functions/core/site-paths.ts';
import { internalFolders } from '../../../functions/platform/contract.ts';
import { type CliServices, connectServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatTable, formatTime } from '../output/format-values.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';

/** Of a text that was cut, the first characters are shown. */
const maxCutLength = 100;

export const runArticlesShow = async (key: string, options: GlobalOptions, io: Io): Promise<void> => {
  const stores = await connectServices(options, io);
  const [record] = await stores.seeds.getMany([key]);
  if (!record) throw new CliError(`No seed with the key ${key} was ever uploaded.`, exitCodes.notFound);
  const shown = await readShownSeed(stores, record);
  printResult(io, options, shown, formatShownSeed(shown, stores.publication.timeZone));
};

const readShownSeed = async (stores: CliServices, record: SeedRecord) => {
  const { key, uploadedAt, version, rejection, withheld } = record;
  const id = findArticleId(record);
  const [article] = id === undefined ? [] : await stores.articles.getMany([id]);
  const entry = article?.state === 'published' ? article.entry : undefined;
  const body =
    version &&
    (await readJsonObject(stores.buckets.internal, internalFolders.bodies + version.bodyKey, articleBodySchema));
  const refused = rejection ?? withheld;
  const title = entry?.title ?? version?.title;
  const links = Object.entries(entry?.links ?? {}).map(([reference, path]) => ({
    to: reference.slice('path/'.length),
    address: toSiteUrl(stores.site, path),
  }));
  return {
    key,
    state: findState(record, article),
    ...(title && { title }),
    ...findAddress(stores, record, entry),
    ...(uploadedAt && { uploadedAt }),
    ...(entry && { published: entry.published, updated: entry.updated }),
    ...(article?.dueAt && { due: article.dueAt }),
    ...(refused && { reason: refused.reason, ...(refused.place && { place: refused.place }) }),
    warnings: listSeedWarnings(record),
    files: (entry?.files ?? []).map(({ path, ...facts }) => ({ address: toSiteUrl(stores.site, path), ...facts })),
    links,
    cut: body?.cut ?? [],
  };
};

type ShownSeed = Awaited<ReturnType<typeof readShownSeed>>;

const findState = (
  { uploadedAt, rejection, withheld, kind, copyFingerprint }: SeedRecord,
  article: ArticleRecord | undefined,
): string => {
  if (!uploadedAt) return 'deleted';
  if (withheld) return 'draft';
  if (rejection) return 'refused';
  if (kind === 'image' || kind === 'file') return copyFingerprint ? 'published' : 'waiting';
  return article?.state ?? 'waiting';
};

const findAddress = (
  { site }: Pick<CliServices, 'site'>,
  { key, copyFingerprint }: SeedRecord,
  entry: ArticleRecord['entry'],
): { readonly address?: string } => {
  const path = entry ? sitePaths.article(entry) : copyFingerprint && findCopyPath(key);
  return path ? { address: toSiteUrl(site, path) } : {};
};

const formatFile = ({ address, type, bytes, seconds }: ShownSeed['files'][number]): string => {
  const duration = seconds === undefined ? '' : `, ${seconds} s`;
  return `${address} (${type}, ${bytes.toLocaleString('en')} bytes${duration})`;
};

const formatShownSeed = (shown: ShownSeed, timeZone: string): string[] => {
  const { title, address, state, uploadedAt, published, updated, due, reason, place } = shown;
  const time = (name: string, at: string | undefined) => (at ? [[name, formatTime(at, timeZone)]] : []);
  return formatTable([
    ['Key', shown.key],
    ...(title ? [['Title', title]] : []),
    ['State', state],
    ...(address ? [['Address', address]] : []),
    ...time('Uploaded', uploadedAt),
    ...time('Published', published),
    ...time('Changed', updated),
    ...time('Due', due),
    ...(reason ? [['Reason', place ? `${reason} (${place})` : reason]] : []),
    ...shown.warnings.map((warning) => ['Warning', formatWarning(warning)]),
    ...shown.files.map((file) => ['File', formatFile(file)]),
    ...shown.links.map(({ to, address: target }) => ['Link', `${to}: ${target}`]),
    ...shown.cut.map(({ text, reason: why }) => [
      'Cut',
      `${why}: ${text.replace(/\s+/g, ' ').slice(0, maxCutLength)}${text.length > maxCutLength ? '…' : ''}`,
    ]),
  ]);
};
