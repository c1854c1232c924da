import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type IssueLine, issueName } from '../../../functions/core/newsletter/records.ts';
import { type Carried, carriedSchema } from '../../../functions/core/newsletter/waiting.ts';
import { cadences } from '../../../functions/core/publication.ts';
import { forever, headersOf } from '../../../functions/publishing/write-documents.ts';
import { issueFiles } from './issue-files.ts';
import { layout } from './layout.ts';
import type { Archive } from './open-archive.ts';
import type { Export } from './read-export.ts';
import { readLines } from './read-lines.ts';

/** Lines that are looked up at once. */
const portion = 100;

const isSame = (a: IssueLine, b: IssueLine): boolean =>
  issueName(a) === issueName(b) && a.at === b.at && a.subject === b.subject;

/** Which issues of an export are not here yet, and which cannot come: their cadence has issues of its own here. */
export const planIssues = async ({ issues }: Pick<Archive, 'issues'>, { ledger }: Export) => {
  const known = new Map((await issues.lines()).map((line) => [issueName(line), line]));
  const [missing, taken]: [IssueLine[], string[]] = [[], []];
  for (const cadence of cadences) {
    const { number, open } = await issues.cadence(cadence);
    for (const line of ledger.issues.filter((one) => one.cadence === cadence)) {
      const here = known.get(issueName(line));
      const isFree = number === 0 ? open === undefined : line.number <= number;
      if (here ? !isSame(here, line) : !isFree) taken.push(issueName(line));
      else if (!here) missing.push(line);
    }
  }
  return { missing, taken };
};

/** Writes the documents and letters of issues, and puts them into the list. */
export const importIssues = async (
  archive: Archive,
  { folder }: Export,
  lines: readonly IssueLine[],
): Promise<void> => {
  for (const line of lines) {
    for (const { file, bucket, path, key } of issueFiles(issueName(line))) {
      const from = folder + layout.issues + file;
      if (!existsSync(from)) continue;
      const headers = { contentType: headersOf(path).contentType, cacheControl: forever };
      await archive.bucket[bucket].put(key, await readFile(from), headers);
    }
    await archive.issues.enlist(line, archive.publication.timeZone);
  }
};

/** Notes down which issues had which articles, where no issue of here is known to. */
export const importCarried = async ({ issues }: Pick<Archive, 'issues'>, folder: string): Promise<void> => {
  const note = async (some: readonly Carried[]): Promise<void> => {
    for (const cadence of cadences) {
      const ours = some.filter((one) => one.cadence === cadence);
      const known = await issues.carriedOf(cadence, [...new Set(ours.map(({ article }) => article))]);
      const here = new Set(known.map(({ article }) => article));
      await issues.carry(ours.filter(({ article }) => !here.has(article)));
    }
  };
  let some: Carried[] = [];
  for await (const one of readLines(folder + layout.carried, carriedSchema)) {
    some.push(one);
    if (some.length < portion) continue;
    await note(some);
    some = [];
  }
  await note(some);
};
