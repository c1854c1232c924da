import { connectServices } from '../connection/create-cli-services.ts';
import { formatNotices, listNotices } from '../notices/read-notices.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';

export const runNotices = async (options: GlobalOptions, io: Io): Promise<void> => {
  const stores = await connectServices(options, io);
  const listed = await listNotices(stores);
  printResult(io, options, listed, formatNotices(listed, stores.publication.timeZone));
  if (listed.length === 0) io.err('There are no drafts and no warnings.');
};
