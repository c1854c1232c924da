import { nameAddressSecret } from '../../../functions/core/newsletter/subscriber/email-address.ts';
import type { Subscriber } from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { createPositionReader, formatLedgerPosition } from './ledger-position.ts';
import { type ScannedSubscribers, type SubscriberState, scanSubscribers } from './list-subscribers.ts';
import { writeCsvFile } from './write-csv-file.ts';

const headings = [
  'email',
  'cadence',
  'status',
  'since',
  'paused',
  'consent',
  'signed up at',
  'confirmed at',
  'form',
  'address hash',
  'topics',
  'paused until',
  'position',
];

interface RowContext {
  readonly words: ReadonlyMap<string, string>;
  readonly secretName: string;
  readonly position: string;
}

/**
 * The columns that an import needs; of those whose address is gone, the hash that keeps them off. The consent is in the
 * words of the form, or of another system.
 */
const toCsvRow = (subscriber: Subscriber, { words, secretName, position }: RowContext): string[] => {
  if (subscriber.state === 'erased' || subscriber.email === undefined) {
    const hash = `${secretName}:${subscriber.key}`;
    return ['', '', subscriber.state, subscriber.since, '', '', '', '', '', hash, '', '', ''];
  }
  const { email, cadence = '', state, since, signedUpAt = '', confirmedAt = '', form = '' } = subscriber;
  const isActive = subscriber.state === 'active';
  const written = subscriber.consent ?? words.get(subscriber.words ?? '') ?? '';
  const consent = written === '' && form === '' && isActive ? 'Confirmed by e-mail' : written;
  const paused = isActive && subscriber.paused ? 'yes' : '';
  const { topics = [], pausedUntil = '' } = subscriber.state === 'active' ? subscriber : {};
  const choice = [topics.join('; '), pausedUntil, position];
  return [email, cadence, state, since, paused, consent, signedUpAt, confirmedAt, form, '', ...choice];
};

const readWords = async (
  { consentWords }: Pick<CliServices, 'consentWords' | 'tokenKeys'>,
  page: readonly Subscriber[],
  known: Map<string, string>,
): Promise<void> => {
  const names = page.flatMap((each) => (each.state === 'erased' || each.words === undefined ? [] : [each.words]));
  for (const name of new Set(names)) if (!known.has(name)) known.set(name, (await consentWords.find(name)) ?? '');
};

export const exportSubscribers = async (
  table: ScannedSubscribers &
    Pick<CliServices, 'consentWords' | 'tokenKeys' | 'batches' | 'cadenceStates' | 'issues' | 'lists'>,
  { file, state, show }: { file: string; state: SubscriberState | undefined; show: (rows: number) => void },
): Promise<number> => {
  const { result } = await writeCsvFile(file, { headings }, async (csv) => {
    let written = 0;
    const words = new Map<string, string>();
    const secretName = nameAddressSecret((await table.tokenKeys.find())?.addressSecret ?? '');
    const positions = createPositionReader(table);
    const writePosition = async (subscriber: Subscriber): Promise<string> => {
      const found = await positions.read(subscriber);
      return found ? formatLedgerPosition({ ...found, mark: await positions.readMark(found.position) }) : '';
    };
    await csv.add([]);
    for await (const page of scanSubscribers(table)) {
      await readWords(table, page, words);
      const rows: string[][] = [];
      for (const each of page) {
        if (state !== undefined && each.state !== state) continue;
        rows.push(toCsvRow(each, { words, secretName, position: await writePosition(each) }));
      }
      await csv.add(rows);
      written += rows.length;
      show(written);
    }
    return written;
  });
  return result;
};
