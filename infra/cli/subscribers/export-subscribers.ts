import type { Subscriber } from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import type { ScannedTable } from '../connection/scan-items.ts';
import { createCsvFile } from './create-csv-file.ts';
import { type SubscriberState, scanSubscribers } from './scan-subscribers.ts';

const headings = ['email', 'cadence', 'status', 'since', 'consent', 'paused'];

/** The columns that an import needs; a reader who signed up here consented by the confirmation. */
const toCsvRow = (subscriber: Exclude<Subscriber, { state: 'erased' }>): string[] => {
  const { email, cadence, state, since } = subscriber;
  const isActive = subscriber.state === 'active';
  const consent = isActive ? (subscriber.consent ?? 'Confirmed by e-mail') : '';
  return [email, cadence, state, since, consent, isActive && subscriber.paused ? 'yes' : ''];
};

/** Those who were erased have no address and are left out. */
export const exportSubscribers = async (
  table: ScannedTable,
  { file, state, show }: { file: string; state: SubscriberState | undefined; show: (rows: number) => void },
): Promise<number> => {
  const csv = createCsvFile(file, headings);
  let written = 0;
  try {
    await csv.add([]);
    for await (const page of scanSubscribers(table)) {
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
