import { connectServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatCount } from '../output/format-values.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';
import { formatRejections, listRejections, readRejectionReport } from '../rejections/read-rejections.ts';

export const runRejections = async (key: string | undefined, options: GlobalOptions, io: Io): Promise<void> => {
  const stores = await connectServices(options, io);
  if (key !== undefined) {
    const report = await readRejectionReport(stores, key);
    if (report === undefined) throw new CliError(`${key} is not refused.`, exitCodes.notFound);
    return printResult(io, options, { key, report }, report.trimEnd().split('\n'));
  }
  const rejections = await listRejections(stores);
  printResult(io, options, rejections, formatRejections(rejections, stores.publication.timeZone));
  io.err(
    rejections.length === 0
      ? 'No seed is refused.'
      : `${formatCount(rejections.length, 'seed is', 'seeds are')} refused.`,
  );
};
