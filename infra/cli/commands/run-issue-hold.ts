import { connect, type GlobalOptions } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { formatPause } from '../newsletter/format-issues.ts';
import type { Io } from '../output/io.ts';
import { printResult } from '../output/print-result.ts';

interface Options extends GlobalOptions {
  readonly reason: string;
}

export const runIssueHold = async (options: Options, io: Io): Promise<void> => {
  const { rateLimit, now, publication } = createCliServices(await connect(options, io));
  await rateLimit.pause(now().toISOString(), options.reason);
  const { paused } = await rateLimit.get();
  printResult(io, options, { paused }, `Sending is ${formatPause(paused, publication.timeZone)}\n`);
};
