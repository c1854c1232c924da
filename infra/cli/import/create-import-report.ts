import { compareStrings } from '../../../functions/core/text/compare-strings.ts';
import { createCsvFile } from '../subscribers/create-csv-file.ts';

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

export const createImportReport = (path: string) => {
  const file = createCsvFile(path, ['place', 'title', 'outcome', 'reason']);
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
    finish: file.finish,
    abandon: file.abandon,
    reasons: (): ReasonCount[] =>
      [...counts.values()].sort(
        (a, b) =>
          Number(b.outcome === 'left out') - Number(a.outcome === 'left out') ||
          b.count - a.count ||
          compareStrings(a.reason, b.reason),
      ),
  };
};
