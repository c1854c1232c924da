import type { Cadence } from '../../../functions/core/publication.ts';
import { connectServices } from '../connection/create-cli-services.ts';
import { formatIssues, formatMismatches } from '../newsletter/format-issues.ts';
import { listIssueReports } from '../newsletter/list-issue-reports.ts';
import { CliError } from '../output/cli-error.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';

interface Options extends GlobalOptions {
  readonly cadence?: Cadence;
  readonly limit: number;
}

export const runIssues = async (options: Options, io: Io): Promise<void> => {
  const stores = await connectServices(options, io);
  const reports = await listIssueReports(stores, options);
  printResult(io, options, reports, formatIssues(reports, stores.publication.timeZone));
  if (reports.length === 0) io.err('There are no issues yet.');
  const mismatches = formatMismatches(reports);
  if (mismatches.length > 0) throw new CliError(mismatches);
};
