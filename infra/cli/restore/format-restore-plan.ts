import { formatCount, formatTable } from '../output/format-values.ts';
import type { RestorePlan } from './plan-restore.ts';
import type { PublicationExport } from './read-export.ts';

export const formatRestoreRemarks = (
  { seeds, issues, keys, settings, readers, site }: RestorePlan,
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

export const isEmptyRestorePlan = ({ seeds, withdrawn, issues, keys, readers }: RestorePlan): boolean =>
  seeds.uploads.length + withdrawn + issues.missing.length === 0 &&
  readers.added + readers.addedAsLeft + readers.takenOff === 0 &&
  keys !== 'new';

export const formatRestorePlan = ({ seeds, withdrawn, issues, keys, readers }: RestorePlan): string => {
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
