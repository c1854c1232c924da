import { formatTable } from '../output/format-table.ts';
import type { RestorePlan } from './plan-restore.ts';
import type { PublicationExport } from './read-export.ts';

/** What of an import is to be thought over, a line each. */
export const formatRestoreRemarks = (
  { seeds, issues, keys, settings, readers, site }: RestorePlan,
  { metadata: mark }: PublicationExport,
): string[] => [
  ...seeds.taken.map(({ key, what }) => `${key} is left out: ${what}.`),
  ...issues.taken.map((name) => `${name} is left out: issues of its own go out here.`),
  ...(settings.length > 0 ? [`Other settings than the export's: ${settings.join(', ')}.`] : []),
  ...(site === mark.site ? [] : [`The export is of ${mark.site}: letters and pages of issues lead there.`]),
  ...(keys === 'others' ? ['There are other keys here: links in mails of the export will not work.'] : []),
  ...(readers.refused > 0
    ? [`${readers.refused} readers are refused: see subscribers.csv.refused.csv.`]
    : []),
];

/** Whether anything is left to do. */
export const isEmptyRestorePlan = ({ seeds, withdrawn, issues, keys, readers }: RestorePlan): boolean =>
  seeds.uploads.length + withdrawn + issues.missing.length === 0 &&
  readers.added + readers.addedAsLeft + readers.takenOff === 0 &&
  keys !== 'new';

/** An import in numbers. */
export const formatRestorePlan = ({ seeds, withdrawn, issues, keys, readers }: RestorePlan): string => {
  const count = (wanted: string): string =>
    String(seeds.uploads.filter(({ kind }) => kind === wanted).length);
  return formatTable([
    ['Articles', count('article')],
    ['Pictures', count('picture')],
    ['There already', String(seeds.present)],
    ['Left out', String(seeds.taken.length + issues.taken.length)],
    ['Withdrawn', String(withdrawn)],
    ['Issues', String(issues.missing.length)],
    ['New readers', String(readers.added)],
    ['New, and left', String(readers.addedAsLeft)],
    ['Taken off', String(readers.takenOff)],
    ['Keys', { none: 'none', new: 'new', present: 'there already', others: 'stay' }[keys]],
  ]);
};
