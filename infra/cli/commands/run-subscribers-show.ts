import { connect, type GlobalOptions } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { formatTable } from '../output/format-table.ts';
import { formatTime } from '../output/format-time.ts';
import type { Io } from '../output/io.ts';
import { printResult } from '../output/print-result.ts';
import { findSubscriber } from '../subscribers/find-subscriber.ts';

export const runSubscribersShow = async (address: string, options: GlobalOptions, io: Io): Promise<void> => {
  const stores = createCliServices(await connect(options, io));
  const found = await findSubscriber(stores, address);
  const shown = { ...found, since: formatTime(found.since, stores.publication.timeZone) };
  const rows = Object.entries(shown).map(([name, value]) => [name, String(value)]);
  printResult(io, options, found, formatTable(rows));
};
