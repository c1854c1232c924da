import { existsSync } from 'node:fs';
import { connectServices } from '../connection/create-cli-services.ts';
import { CliError } from '../output/cli-error.ts';
import { formatCount } from '../output/format-values.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';
import { runWithProgress } from '../output/run-with-progress.ts';
import { exportSubscribers } from '../subscribers/export-subscribers.ts';
import type { SubscriberState } from '../subscribers/list-subscribers.ts';
import { toSecretFile, writeSecretFile } from '../subscribers/secret-file.ts';

interface Options extends GlobalOptions {
  readonly state?: SubscriberState;
}

export const runSubscribersExport = async (file: string, options: Options, io: Io): Promise<void> => {
  const secretFile = toSecretFile(file);
  for (const each of [file, secretFile])
    if (existsSync(each)) throw new CliError(`${each} exists already: name another file.`);
  const stores = await connectServices(options, io);
  const rows = await runWithProgress(io, (show) =>
    exportSubscribers(stores, {
      file,
      state: options.state,
      show: (count) => show(0, formatCount(count, 'subscriber')),
    }),
  );
  const keyring = await stores.tokenKeys.find();
  if (keyring) {
    await writeSecretFile(secretFile, keyring);
    io.err(`${secretFile} has the secret of the address hashes. Keep it as safe as the list.`);
  }
  printResult(io, options, { file, rows }, [`${formatCount(rows, 'subscriber')} written to ${file}.`]);
};
