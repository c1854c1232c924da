import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { articleRecordSchema } from '../../../functions/core/lifecycle/article-record.ts';
import { selectCadences } from '../../../functions/core/publication.ts';
import { environmentVariables, keyPrefixes } from '../../../functions/platform/contract.ts';
import type { Connection } from '../connection/connection.ts';
import { type CliServices, createCliServices } from '../connection/create-cli-services.ts';
import { scanItems } from '../connection/scan-items.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatCount } from '../output/format-values.ts';
import { exportSubscribers } from '../subscribers/export-subscribers.ts';
import { createPositionReader } from '../subscribers/ledger-position.ts';
import { scanSubscribers } from '../subscribers/list-subscribers.ts';
import { type ExportedArticles, exportArticles } from './export-articles.ts';
import { type ExportMetadata, exportFiles, type LedgerFile } from './export-files.ts';
import { exportIssues } from './export-issues.ts';
import { exportSite } from './export-site.ts';
import { type AnnouncementFacts, announcementFactsSchema, planAnnouncements } from './plan-announcements.ts';
import { writeJsonLines } from './write-object-file.ts';

export interface ExportOptions {
  readonly withoutKeys: boolean;
  readonly show: (part: number, what: string) => void;
}

export interface ExportReport extends ExportedArticles {
  readonly withdrawn: number;
  readonly documents: number;
  readonly issues: number;
  readonly subscribers: number;
  readonly remarks: readonly { readonly key: string; readonly remark: string }[];
}

const ownerOnly = { mode: 0o600 };

const formatJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const createExportFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0)
    throw new CliError(`${folder} is not empty: name a new folder.`, exitCodes.usage);
};

/** @throws {CliError} while an issue is under way: readers may have it, and the ledger not yet */
const readCadences = async ({ cadenceStates, publication }: CliServices): Promise<LedgerFile['cadences']> => {
  const cadences: LedgerFile['cadences'] = {};
  for (const cadence of selectCadences(publication)) {
    const { open, ...state } = await cadenceStates.get(cadence);
    if (open)
      throw new CliError(
        `${cadence}-${open.number} is under way: export when it is sent, or approve or discard it first if it is held.`,
      );
    cadences[cadence] = state;
  }
  return cadences;
};

const readAnnouncementFacts = async (stores: CliServices): Promise<AnnouncementFacts[]> => {
  const facts: AnnouncementFacts[] = [];
  for await (const page of scanItems(stores, keyPrefixes.article, announcementFactsSchema)) facts.push(...page);
  return facts;
};

/** Tombstones, and addresses that no other article may have. The seed is named so that it stays the same article. */
async function* readWithdrawnRecords(stores: CliServices, announcedAt: ReadonlyMap<string, string>) {
  const emptyRecord = { state: 'withdrawn', seedKeys: [], positions: [], stalePositions: [] };
  for await (const page of scanItems(stores, keyPrefixes.article, articleRecordSchema))
    for (const { id, state, entry, firstUpload, withdrawnAt, lastSeed, formerPaths } of page)
      if (state === 'withdrawn')
        yield {
          ...emptyRecord,
          id,
          entry,
          firstUpload,
          withdrawnAt,
          announcedAt: announcedAt.get(id),
          lastSeed,
          formerPaths,
        };
}

const exportSettings = async (
  stores: CliServices,
  folder: string,
  { ledger, settings, withoutKeys }: { ledger: LedgerFile; settings: string; withoutKeys: boolean },
): Promise<void> => {
  await writeFile(folder + exportFiles.ledger, formatJson(ledger));
  await writeFile(folder + exportFiles.settings, formatJson(JSON.parse(settings)));
  const keyring = withoutKeys ? undefined : await stores.tokenKeys.find();
  if (keyring) await writeFile(folder + exportFiles.keys, formatJson(keyring), ownerOnly);
};

/** Written last: without this file, a folder is no export. */
const finishExport = async (
  stores: CliServices,
  folder: string,
  before: LedgerFile['cadences'],
  metadata: ExportMetadata,
) => {
  if (!isDeepStrictEqual(await readCadences(stores), before))
    throw new CliError('An issue was sent in the meantime: export again into another folder.');
  await writeFile(folder + exportFiles.metadata, formatJson(metadata));
};

/** What some reader has not had keeps its number, also where every cadence has covered it. */
const findLowestPosition = async (stores: CliServices): Promise<number> => {
  const positions = createPositionReader(stores);
  let lowest = Number.POSITIVE_INFINITY;
  for await (const page of scanSubscribers(stores))
    for (const subscriber of page) {
      const found = subscriber.state === 'active' ? await positions.read(subscriber) : undefined;
      if (found) lowest = Math.min(lowest, found.position, ...found.missed.map(({ after }) => after));
    }
  return lowest;
};

export const exportPublication = async (
  connection: Pick<Connection, 'environment' | 'now'>,
  into: string,
  { withoutKeys, show }: ExportOptions,
): Promise<ExportReport> => {
  const stores = createCliServices(connection);
  const { publication, site } = stores;
  const remarks: { key: string; remark: string }[] = [];
  const addRemark = (key: string, remark: string): void => void remarks.push({ key, remark });
  await createExportFolder(into);
  const folder = join(into, '/');
  const { requested, built, since } = await stores.build.get();
  if (requested > built)
    addRemark('the site', `${requested - built} builds are waiting: the latest uploads may be missing`);
  const cadences = await readCadences(stores);
  const lowest = await findLowestPosition(stores);
  const covered = Math.min(lowest, ...selectCadences(publication).map((each) => cadences[each]?.arrival ?? 0));
  const announcements = planAnnouncements(await readAnnouncementFacts(stores), covered);
  const now = connection.now().toISOString();
  const articles = await exportArticles({
    stores,
    folder,
    announcements,
    now,
    addRemark,
    show: (done, all) => show(done / Math.max(1, all), `articles: ${done} of ${all} files`),
  });
  const withdrawnRecords = readWithdrawnRecords(stores, announcements.announcedAt);
  const withdrawn = await writeJsonLines(folder + exportFiles.withdrawn, withdrawnRecords);
  const issues = await exportIssues(stores, folder, addRemark);
  const documents = await exportSite(stores, folder, {
    addRemark,
    show: (done) => show(1, `the site: ${done} documents`),
  });
  const subscribers = await exportSubscribers(stores, {
    file: folder + exportFiles.subscribers,
    state: undefined,
    show: (rows) => show(1, formatCount(rows, 'subscriber')),
  });
  const ledger = { cadences, issues, waiting: [...announcements.waiting.values()] };
  const settings = connection.environment[environmentVariables.publication] ?? '{}';
  await exportSettings(stores, folder, { ledger, settings, withoutKeys });
  const metadata = {
    seedpress: 1,
    at: now,
    publication: publication.id,
    site,
    ...(since && { since }),
  } as const;
  await finishExport(stores, folder, cadences, metadata);
  return { ...articles, withdrawn, documents, issues: issues.length, subscribers, remarks };
};
