import { existsSync } from 'node:fs';
import { connectServices } from '../connection/create-cli-services.ts';
import { CliError } from '../output/cli-error.ts';
import { formatCount } from '../output/format-values.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';
import { runWithProgress } from '../output/run-with-progress.ts';
import { exportSubscribers } from '../subscribers/export-subscribers.ts';
import type { SubscriberState } from '../subscribers/list-subscribers.ts';

interface Options extends GlobalOptions {
  readonly state?: SubscriberState;
}

export const runSubscribersExport = async (file: string, options: Options, io: Io): Promise<void> => {
  if (existsSync(file)) throw new CliError(`${file} exists already: name another file.`);
  const stores = await connectServices(options, io);
  const rows = await runWithProgress(io, (show) =>
    exportSubscribers(stores, {
      file,
      state: options.state,
      show: (count) => show(0, formatCount(count, 'subscriber')),
    }),
  );
  printResult(io, options, { file, rows }, [`${formatCount(rows, 'subscriber')} written to ${file}.`]);
};
