import type { Subscriber } from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { createCsvFile } from './create-csv-file.ts';
import { scanSubscribers } from './scan-subscribers.ts';
import type { SubscriberState } from './subscriber-states.ts';

const headings = ['email', 'cadence', 'status', 'since', 'consent', 'paused'];

/** What an import asks for; a reader of our own consented by the confirmation. */
const toCsvRow = (subscriber: Exclude<Subscriber, { state: 'erased' }>): string[] => {
  const { email, cadence, state, since } = subscriber;
  const isActive = subscriber.state === 'active';
  const consent = isActive ? (subscriber.consent ?? 'Confirmed by e-mail') : '';
  return [email, cadence, state, since, consent, isActive && subscriber.paused ? 'yes' : ''];
};

/**
 * Writes the list of subscribers into a new CSV file, which an import takes in again.
 * @param state of those who are wanted; absent: all. Who was erased has no address, and is not in it
 * @param show takes how many rows were written so far
 * @returns how many rows were written
 */
export const exportSubscribers = async (
  ledger: Pick<CliServices, 'dynamo' | 'tableName'>,
  { file, state, show }: { file: string; state: SubscriberState | undefined; show: (rows: number) => void },
): Promise<number> => {
  const csv = createCsvFile(file, headings);
  let written = 0;
  try {
    await csv.add([]);
    for await (const page of scanSubscribers(ledger)) {
      const rows = page.flatMap((each) =>
        each.state === 'erased' || (state !== undefined && each.state !== state) ? [] : [toCsvRow(each)],
      );
      await csv.add(rows);
      written += rows.length;
      show(written);
    }
    await csv.finish();
    return written;
  } catch (error) {
    await csv.abandon();
    throw error;
  }
};
