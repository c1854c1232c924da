import { randomUUID } from 'node:crypto';
import { composeTimeoutSeconds } from '../../../functions/platform/contract.ts';
import { countMessages } from '../connection/count-messages.ts';
import { type CliServices, connectServices } from '../connection/create-cli-services.ts';
import { formatCount, formatTable } from '../output/format-values.ts';
import { type ChangeOptions, type Io, printResult, requireConfirmation } from '../output/io.ts';
import { pollUntil } from '../output/poll-until.ts';
import { runWithProgress } from '../output/run-with-progress.ts';
import { readSeedInventory } from '../rebuild/read-seed-inventory.ts';
import { rebuildSite } from '../rebuild/rebuild-site.ts';
import { restoreErasures } from '../rebuild/restore-erasures.ts';
import { mergeBackup } from '../restore/merge-backup.ts';
import { restoreLedger } from '../restore/restore-ledger.ts';

interface Options extends ChangeOptions {
  readonly from?: string;
}

export const runRestore = async (options: Options, io: Io): Promise<void> => {
  const stores = await connectServices(options, io);
  const source = options.from === undefined ? '' : ` with what the table ${options.from} has`;
  await requireConfirmation(io, `Hold all sending, and restore the publication${source}?`, options);
  await stores.rateLimit.pauseAll({ at: stores.now().toISOString(), reason: 'the table is being restored' });
  await waitUntilNothingIsSent(stores);
  const items =
    options.from === undefined ? 0 : await runWithProgress(io, (show) => mergeBackup(stores, options.from ?? '', show));
  const ledger = await restoreLedger(stores);
  const { restored: erasures } = await restoreErasures(stores);
  const inventory = await readSeedInventory(stores);
  const services = { ...stores, createId: randomUUID };
  const issueDocuments = await runWithProgress(io, (show) => rebuildSite(services, inventory, show));
  // Seeds that were published meanwhile by events of their own do not undo it.
  printResult(io, options, { items, ...ledger, erasures, issueDocuments, held: true }, [
    ...formatTable([
      ['Items of the backup', String(items)],
      ['Issues that the table did not know', ledger.issues.join(', ') || 'none'],
      ['Announcements that it did not know', String(ledger.announcements)],
      ['Readers who may have their issue', String(ledger.uncertain)],
      ['Erased again', formatCount(erasures, 'subscriber')],
    ]),
    'Sending is held. Look at npx seedpress issues and npx seedpress subscribers list, then run npx seedpress issue resume.',
  ]);
};

/** Until calls that were under way have ended. */
const waitUntilNothingIsSent = async ({
  sqs,
  config,
  pollIntervalMs,
}: Pick<CliServices, 'sqs' | 'config' | 'pollIntervalMs'>): Promise<void> => {
  const queues = [
    { name: 'issues', url: config.issuesQueue },
    { name: 'deliveries', url: config.deliveriesQueue },
  ];
  await pollUntil({ intervalMs: pollIntervalMs, idleTimeoutMs: composeTimeoutSeconds * 1000 }, async () => {
    const counts = await countMessages(sqs, queues);
    return counts.every(({ inFlight }) => inFlight === 0) ? true : undefined;
  });
};
