import { compareStrings } from '../../../functions/core/text/compare-strings.ts';
import type { CsvFile } from '../subscribers/write-csv-file.ts';

export interface ReportLine {
  readonly place: string;
  readonly title: string;
  readonly outcome: 'left out' | 'changed' | 'kept' | 'refused';
  readonly reason: string;
}

export interface ReasonCount {
  readonly outcome: ReportLine['outcome'];
  readonly reason: string;
  readonly count: number;
}

export const importReportHeadings = ['place', 'title', 'outcome', 'reason'];

export const createImportReport = (file: CsvFile) => {
  const counts = new Map<string, ReasonCount>();
  let lastWrite = Promise.resolve();
  return {
    /** Many may be under way at once; they are written one after the other. */
    add: ({ place, title, outcome, reason }: ReportLine): Promise<void> => {
      const name = `${outcome}\n${reason}`;
      counts.set(name, { outcome, reason, count: (counts.get(name)?.count ?? 0) + 1 });
      lastWrite = lastWrite.then(() => file.add([[place, title, outcome, reason]]));
      return lastWrite;
    },
    reasons: (): ReasonCount[] =>
      [...counts.values()].sort(
        (a, b) =>
          Number(b.outcome === 'left out') - Number(a.outcome === 'left out') ||
          b.count - a.count ||
          compareStrings(a.reason, b.reason),
      ),
  };
};
