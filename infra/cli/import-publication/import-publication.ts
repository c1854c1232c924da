import type { Connection } from '../connection/connection.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { formatCount, formatTable } from '../output/format-values.ts';
import { type ChangeOptions, type Io, requireConfirmation } from '../output/io.ts';
import { runWithProgress } from '../output/run-with-progress.ts';
import { applyPublicationImport } from './apply-publication-import.ts';
import { type PublicationImportPlan, planPublicationImport } from './plan-publication-import.ts';
import { type PublicationExport, readExport } from './read-export.ts';

/** Nothing that exists is changed, so that an import can be repeated, also after an interruption. */
export const importPublication = async (
  connection: Pick<Connection, 'environment' | 'now'>,
  path: string,
  io: Io,
  options: ChangeOptions,
): Promise<PublicationImportPlan> => {
  const stores = createCliServices(connection);
  const exported = await readExport(path);
  const plan = await runWithProgress(io, (show) => planPublicationImport(connection, stores, exported, show));
  io.err(...formatImportRemarks(plan, exported));
  if (options.dryRun || isEmptyImportPlan(plan)) return plan;
  io.err('This will happen:', ...formatPublicationImport(plan));
  await requireConfirmation(io, 'Import?', options);
  await runWithProgress(io, (show) => applyPublicationImport(stores, exported, plan, show));
  return plan;
};

const formatImportRemarks = (
  { seeds, issues, keys, settings, readers, site }: PublicationImportPlan,
  { metadata }: PublicationExport,
): string[] => [
  ...seeds.conflicts.map(({ key, reason }) => `${key} is left out: ${reason}.`),
  ...issues.conflicts.map((name) => `${name} is left out: this publication has other issues of its own.`),
  ...(settings.length > 0 ? [`Settings that differ from the export: ${settings.join(', ')}.`] : []),
  ...(site === metadata.site ? [] : [`The export is of ${metadata.site}: mails and pages of its issues link there.`]),
  ...(keys === 'others' ? ['This publication has other keys: links in mails of the exported one will not work.'] : []),
  ...(readers.refused > 0
    ? [`${formatCount(readers.refused, 'subscriber is', 'subscribers are')} refused: see subscribers.csv.refused.csv.`]
    : []),
];

const isEmptyImportPlan = ({ seeds, withdrawn, issues, keys, readers }: PublicationImportPlan): boolean =>
  seeds.uploads.length + withdrawn + issues.missing.length === 0 &&
  readers.added + readers.addedAsLeft + readers.takenOff === 0 &&
  keys !== 'new';

export const formatPublicationImport = ({
  seeds,
  withdrawn,
  issues,
  keys,
  readers,
}: PublicationImportPlan): string[] => {
  const count = (wanted: string): string => String(seeds.uploads.filter(({ kind }) => kind === wanted).length);
  return formatTable([
    ['Articles', count('article')],
    ['Pictures', count('picture')],
    ['Unchanged', String(seeds.present)],
    ['Left out', String(seeds.conflicts.length + issues.conflicts.length)],
    ['Withdrawn', String(withdrawn)],
    ['Issues', String(issues.missing.length)],
    ['New subscribers', String(readers.added)],
    ['New, but left elsewhere', String(readers.addedAsLeft)],
    ['Left elsewhere', String(readers.takenOff)],
    ['Keys', { none: 'none', new: 'new', present: 'unchanged', others: 'kept' }[keys]],
  ]);
};
