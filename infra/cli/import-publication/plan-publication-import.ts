import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type ArticleRecord, articleRecordSchema } from '../../../functions/core/lifecycle/article-record.ts';
import { toListPositions } from '../../../functions/core/lifecycle/list-positions.ts';
import { sitePaths, toAddressClaim } from '../../../functions/core/site-paths.ts';
import { environmentVariables } from '../../../functions/platform/contract.ts';
import type { Connection } from '../connection/connection.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { exportFiles } from '../export/export-files.ts';
import { planIssueImport } from './import-exported-issues.ts';
import { importExportedSubscribers } from './import-exported-subscribers.ts';
import { planSeedImport } from './import-seeds.ts';
import { type PublicationExport, parseExportJson, readJsonFile, readJsonLines } from './read-export.ts';

const settingsSchema = z.record(z.string(), z.unknown());

const compareSettings = async ({ folder }: PublicationExport, { environment }: Pick<Connection, 'environment'>) => {
  const file = folder + exportFiles.settings;
  const theirs = await readJsonFile(file, settingsSchema);
  const ours = parseExportJson(environment[environmentVariables.publication] ?? '{}', settingsSchema, 'the settings');
  return [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].filter(
    (name) => !isDeepStrictEqual(theirs[name], ours[name]),
  );
};

const compareKeys = async ({ tokenKeys }: CliServices, { keyring }: PublicationExport) => {
  if (!keyring) return 'none' as const;
  const known = await tokenKeys.find();
  if (!known) return 'new' as const;
  return isDeepStrictEqual(known, keyring) ? ('present' as const) : ('others' as const);
};

export const planPublicationImport = async (
  connection: Pick<Connection, 'environment'>,
  stores: CliServices,
  exported: PublicationExport,
  show: (part: number, what: string) => void,
) => {
  const seeds = await planSeedImport(stores, exported, (done, all) =>
    show(done / all, `${done} of ${all} files compared`),
  );
  const [withdrawn, issues, keys, settings] = [
    await importWithdrawn(stores, exported, false),
    await planIssueImport(stores, exported),
    await compareKeys(stores, exported),
    await compareSettings(exported, connection),
  ];
  const readers = await importExportedSubscribers(stores, exported, {
    write: false,
    show: (rows) => show(1, `${rows} readers compared`),
  });
  return { seeds, withdrawn, issues, keys, settings, readers, site: stores.site };
};

export type PublicationImportPlan = Awaited<ReturnType<typeof planPublicationImport>>;

/** Tombstones in the feeds, and addresses, which no other article gets. One that is known here is left alone. */
export const importWithdrawn = async (
  stores: CliServices,
  { folder, seedKeys }: Pick<PublicationExport, 'folder' | 'seedKeys'>,
  write: boolean,
): Promise<number> => {
  const { articles, lists, publication } = stores;
  const present = new Set(seedKeys);
  let count = 0;
  for await (const record of readJsonLines(folder + exportFiles.withdrawn, articleRecordSchema)) {
    const [known] = await articles.getMany([record.id]);
    if (known && known.state !== 'withdrawn') continue;
    if (!known) count += 1;
    if (!write) continue;
    const whole = known ?? { ...record, positions: toListPositions(record, publication.timeZone) };
    if (!known && !(await articles.add(whole))) continue;
    // Also where the record is there: a run may have ended in between.
    await lists.place([whole]);
    const paths = [...(whole.entry ? [sitePaths.article(whole.entry)] : []), ...(whole.formerPaths ?? [])];
    for (const path of paths) await articles.claimSlug(toAddressClaim(path), whole.id);
    if (whole.lastSeed && !present.has(whole.lastSeed.key)) await importDeletedSeed(stores, whole.id, whole.lastSeed);
  }
  return count;
};

/** The next build writes what the addresses of its article answer. */
const importDeletedSeed = async (
  { articles, seeds }: CliServices,
  id: string,
  { key, content }: NonNullable<ArticleRecord['lastSeed']>,
): Promise<void> => {
  await seeds.restoreArticle(key, id);
  await articles.saveContent({ content, id }, undefined);
  await seeds.markChanged([{ key, sequencer: '' }]);
};
