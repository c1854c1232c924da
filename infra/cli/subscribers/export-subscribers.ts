import type { Subscriber } from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import { type ScannedSubscribers, type SubscriberState, scanSubscribers } from './list-subscribers.ts';
import { writeCsvFile } from './write-csv-file.ts';

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
  table: ScannedSubscribers,
  { file, state, show }: { file: string; state: SubscriberState | undefined; show: (rows: number) => void },
): Promise<number> => {
  const { result } = await writeCsvFile(file, { headings }, async (csv) => {
    let written = 0;
    await csv.add([]);
    for await (const page of scanSubscribers(table)) {
      const rows = page.flatMap((each) =>
        each.state === 'erased' || (state !== undefined && each.state !== state) ? [] : [toCsvRow(each)],
      );
      await csv.add(rows);
      written += rows.length;
      show(written);
    }
    return written;
  });
  return result;
};
