import { connectServices } from '../connection/create-cli-services.ts';
import { formatTable, formatTime } from '../output/format-values.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';
import { findSubscriber } from '../subscribers/find-subscriber.ts';

export const runSubscribersShow = async (address: string, options: GlobalOptions, io: Io): Promise<void> => {
  const stores = await connectServices(options, io);
  const found = await findSubscriber(stores, address);
  const shown = { ...found, since: formatTime(found.since, stores.publication.timeZone) };
  const rows = Object.entries(shown).map(([name, value]) => [name, String(value)]);
  printResult(io, options, found, formatTable(rows));
};
