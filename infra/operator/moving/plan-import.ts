import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { variables } from '../../../functions/runtime/contract.ts';
import type { Connection } from '../connection.ts';
import { planIssues } from './import-issues.ts';
import { importReaders } from './import-readers.ts';
import { planSeeds } from './import-seeds.ts';
import { importWithdrawn } from './import-withdrawn.ts';
import { layout } from './layout.ts';
import type { Archive } from './open-archive.ts';
import type { Export } from './read-export.ts';
import { parseJson } from './read-lines.ts';

const settingsSchema = z.record(z.string(), z.unknown());

/** Settings that are otherwise here, by name. */
const differingSettings = async ({ folder }: Export, { environment }: Pick<Connection, 'environment'>) => {
  const file = folder + layout.settings;
  const theirs = parseJson(await readFile(file, 'utf8'), settingsSchema, file);
  const ours = parseJson(environment[variables.publication] ?? '{}', settingsSchema, 'the settings');
  return [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].filter(
    (name) => !isDeepStrictEqual(theirs[name], ours[name]),
  );
};

const keysOf = async ({ tokenKeys }: Archive, { keyring }: Export) => {
  if (!keyring) return 'none' as const;
  const known = await tokenKeys.find();
  if (!known) return 'new' as const;
  return isDeepStrictEqual(known, keyring) ? ('present' as const) : ('others' as const);
};

/** What an import of an export would do, and what of it is taken or otherwise here. It changes nothing. */
export const planImport = async (
  connection: Pick<Connection, 'environment'>,
  archive: Archive,
  found: Export,
  show: (part: number, what: string) => void,
) => {
  const seeds = await planSeeds(archive, found, (done, all) =>
    show(done / all, `${done} of ${all} files compared`),
  );
  const [withdrawn, issues, keys, settings] = [
    await importWithdrawn(archive, found.folder, false),
    await planIssues(archive, found),
    await keysOf(archive, found),
    await differingSettings(found, connection),
  ];
  const readers = await importReaders(archive, found, {
    write: false,
    show: (rows) => show(1, `${rows} readers compared`),
  });
  return { seeds, withdrawn, issues, keys, settings, readers, site: archive.site };
};

export type ImportPlan = Awaited<ReturnType<typeof planImport>>;
