import { CliError } from '../output/cli-error.ts';
import { columnHeadings, normalizeHeading } from './find-columns.ts';
import type { SubscriberList } from './open-subscriber-lists.ts';
import type { CsvRow } from './read-csv.ts';
import { findLeftHeading } from './status-words.ts';

const maxSectionCells = 2;

/**
 * A file that was joined from several has other headings, or a line such as "Unsubscribed", before a part of its rows.
 * Their cells would be read under the wrong headings.
 */
export const requireOneTable = (
  { source, settings }: SubscriberList,
  { line, fields }: Pick<CsvRow, 'line' | 'fields'>,
): void => {
  const { columns } = settings;
  const headings = fields.map(normalizeHeading);
  const [first = '', ...others] = fields;
  const isTheSame = headings.join() === columns.headings.map(normalizeHeading).join();
  if (isTheSame || fields.some((field) => field.includes('@'))) return;
  const isHeadings = headings.some((heading) => columnHeadings.email.includes(heading));
  const filled = others.filter((field) => field.trim() !== '');
  const isSection =
    !columns.statuses.includes(0) && filled.length < maxSectionCells && findLeftHeading(first) !== undefined;
  if (isHeadings || isSection)
    throw new CliError(
      `Line ${line} of ${source.name} begins another table: "${first.slice(0, 60)}". Import each in a file of its own.`,
    );
};
