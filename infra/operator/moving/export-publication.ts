import { createWriteStream } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { articleRecordSchema } from '../../../functions/core/filing/records.ts';
import { cadencesOf } from '../../../functions/core/publication.ts';
import { articlePrefix, variables } from '../../../functions/runtime/contract.ts';
import type { Connection } from '../connection.ts';
import { exitCodes, OperatorError } from '../failures.ts';
import { scanItems } from '../scan-items.ts';
import { exportSubscribers } from '../subscribers/export-subscribers.ts';
import { type ExportedArticles, exportArticles } from './export-articles.ts';
import { exportIssues } from './export-issues.ts';
import { exportSite } from './export-site.ts';
import { type LedgerFile, layout, type Mark } from './layout.ts';
import { type Archive, openArchive } from './open-archive.ts';
import { type ArticleFacts, planAnnouncements } from './plan-announcements.ts';

export interface ExportOptions {
  /** Whether secrets are left out. */
  readonly withoutKeys: boolean;
  /** Takes a part of what is being done, from 0 to 1, and what it is. */
  readonly show: (part: number, what: string) => void;
}

export interface ExportReport extends ExportedArticles {
  readonly withdrawn: number;
  readonly documents: number;
  readonly issues: number;
  readonly subscribers: number;
  /** What is not, or not wholly, exported. */
  readonly remarks: readonly { readonly key: string; readonly what: string }[];
}

/** For its owner's eyes alone. */
const secret = { mode: 0o600 };

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** @throws {OperatorError} where there is something in the folder already */
const prepare = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0)
    throw new OperatorError(`${folder} is not empty: name a new folder.`, exitCodes.usage);
};

/** @throws {OperatorError} while an issue is under way: readers may have it, and the ledger not yet */
const readCadences = async ({ issues, publication }: Archive): Promise<LedgerFile['cadences']> => {
  const cadences: LedgerFile['cadences'] = {};
  for (const cadence of cadencesOf(publication)) {
    const { open, ...state } = await issues.cadence(cadence);
    if (open)
      throw new OperatorError(
        `${cadence}-${open.number} is under way: export once it is sent, or approved or discarded if it is held.`,
      );
    cadences[cadence] = state;
  }
  return cadences;
};

/** What decides how the announcement of each article is carried over. */
const gatherFacts = async (archive: Archive): Promise<ArticleFacts[]> => {
  const facts: ArticleFacts[] = [];
  for await (const page of scanItems(archive, articlePrefix, articleRecordSchema))
    for (const { id, state, arrival, announced, returned, corrected, firstUpload } of page)
      facts.push({
        ...{ id, state },
        ...(arrival !== undefined && { arrival }),
        ...(announced !== undefined && { announced }),
        ...(returned !== undefined && { returned }),
        ...(corrected !== undefined && { corrected }),
        ...(firstUpload !== undefined && { firstUpload }),
      });
  return facts;
};

async function* withdrawnRecords(archive: Archive, instants: ReadonlyMap<string, string>) {
  for await (const page of scanItems(archive, articlePrefix, articleRecordSchema))
    for (const { id, state, entry, firstUpload, withdrawnAt } of page)
      if (state === 'withdrawn') yield { id, entry, firstUpload, withdrawnAt, announced: instants.get(id) };
}

/** Writes records of the withdrawn: tombstones, and addresses that no other article may have. */
const exportWithdrawn = async (
  archive: Archive,
  folder: string,
  instants: ReadonlyMap<string, string>,
): Promise<number> => {
  const none = { state: 'withdrawn', sources: [], placements: [], left: [] };
  let count = 0;
  await pipeline(
    async function* () {
      for await (const record of withdrawnRecords(archive, instants)) {
        count += 1;
        yield `${JSON.stringify({ ...none, ...record })}\n`;
      }
    },
    createWriteStream(folder + layout.withdrawn),
  );
  return count;
};

/** What an import needs to know beside articles, issues and readers. */
const exportPapers = async (
  archive: Archive,
  folder: string,
  { ledger, settings, withoutKeys }: { ledger: LedgerFile; settings: string; withoutKeys: boolean },
): Promise<void> => {
  await writeFile(folder + layout.ledger, json(ledger));
  await writeFile(folder + layout.settings, json(JSON.parse(settings)));
  const keyring = withoutKeys ? undefined : await archive.tokenKeys.find();
  if (keyring) await writeFile(folder + layout.keys, json(keyring), secret);
};

/** Says that it is done: what was broken off is no export. @throws {OperatorError} where an issue went out meanwhile */
const finish = async (archive: Archive, folder: string, before: LedgerFile['cadences'], mark: Mark) => {
  if (!isDeepStrictEqual(await readCadences(archive), before))
    throw new OperatorError('An issue went out meanwhile: export again, into another folder.');
  await writeFile(folder + layout.mark, json(mark));
};

/**
 * Writes all of a publication into a new folder, from which an import makes the same one.
 * @throws {OperatorError} where the folder is not empty, or an issue is under way
 */
export const exportPublication = async (
  connection: Pick<Connection, 'environment' | 'now'>,
  into: string,
  { withoutKeys, show }: ExportOptions,
): Promise<ExportReport> => {
  const archive = openArchive(connection);
  const { publication, site } = archive;
  const remarks: { key: string; what: string }[] = [];
  const remark = (key: string, what: string): void => void remarks.push({ key, what });
  await prepare(into);
  const folder = join(into, '/');
  const { requested, built, since } = await archive.build.get();
  if (requested > built)
    remark('the site', `${requested - built} builds wait: what was uploaded last may be missing`);
  const cadences = await readCadences(archive);
  const covered = Math.min(...cadencesOf(publication).map((each) => cadences[each]?.arrival ?? 0));
  const announcements = planAnnouncements(await gatherFacts(archive), covered);
  const now = connection.now().toISOString();
  const articles = await exportArticles({
    ...{ archive, folder, announcements, now, remark },
    show: (done, all) => show(done / Math.max(1, all), `articles: ${done} of ${all} files`),
  });
  const withdrawn = await exportWithdrawn(archive, folder, announcements.instants);
  const issues = await exportIssues(archive, folder, remark);
  const documents = await exportSite(archive, folder, {
    remark,
    show: (done) => show(1, `the site: ${done} documents`),
  });
  const subscribers = await exportSubscribers(archive, {
    ...{ file: folder + layout.subscribers, state: undefined },
    show: (rows) => show(1, `${rows} readers`),
  });
  const ledger = { cadences, issues, waiting: [...announcements.waiting.values()] };
  const settings = connection.environment[variables.publication] ?? '{}';
  await exportPapers(archive, folder, { ledger, settings, withoutKeys });
  const mark = { seedpress: 1, at: now, publication: publication.id, site, ...(since && { since }) } as const;
  await finish(archive, folder, cadences, mark);
  return { ...articles, withdrawn, documents, issues: issues.length, subscribers, remarks };
};
