import { createCsvFile } from '../subscribers/csv-file.ts';
import type { ReportLine } from './import-articles.ts';

/** How often something was said of an article. */
export interface Reason {
  readonly outcome: ReportLine['outcome'];
  readonly reason: string;
  readonly count: number;
}

/** A file that says of each article what is left out or changed, and a count of the reasons. */
export const openReport = (path: string) => {
  const file = createCsvFile(path, ['place', 'title', 'outcome', 'reason']);
  const counts = new Map<string, Reason>();
  let last = Promise.resolve();
  return {
    /** Many may be under way at once; they are written one after the other. */
    add: ({ place, title, outcome, reason }: ReportLine): Promise<void> => {
      const name = `${outcome}\n${reason}`;
      counts.set(name, { outcome, reason, count: (counts.get(name)?.count ?? 0) + 1 });
      last = last.then(() => file.add([[place, title, outcome, reason]]));
      return last;
    },
    finish: file.finish,
    abandon: file.abandon,
    /** What is left out first, and then the most frequent. */
    reasons: (): Reason[] =>
      [...counts.values()].sort(
        (a, b) =>
          Number(b.outcome === 'left out') - Number(a.outcome === 'left out') ||
          b.count - a.count ||
          (a.reason < b.reason ? -1 : 1),
      ),
  };
};
