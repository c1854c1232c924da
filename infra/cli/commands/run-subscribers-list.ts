import { selectCadences } from '../../../functions/core/publication.ts';
import { connectServices } from '../connection/create-cli-services.ts';
import { formatTable, formatTime } from '../output/format-values.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';
import { countSubscribers, listSubscribers, type SubscriberState } from '../subscribers/list-subscribers.ts';

interface Options extends GlobalOptions {
  readonly state?: SubscriberState;
  readonly addresses?: boolean;
}

export const runSubscribersList = async (options: Options, io: Io): Promise<void> => {
  const { state, addresses = false, json } = options;
  const stores = await connectServices(options, io);
  if (state === undefined) {
    const { states, topics } = await countSubscribers(stores);
    const chosen = Object.entries(topics).map(([slug, count]) => [`chose ${slug}`, count] as const);
    const rows = [...Object.entries(states), ...chosen].map(([name, count]) => [name, String(count)]);
    return printResult(io, options, { ...states, topics }, formatTable(rows));
  }
  const cadenceWidth = Math.max(...selectCadences(stores.publication).map(({ length }) => length));
  let count = 0;
  if (json) io.outJson('[');
  // Printed as they come: a list may be long.
  for await (const subscriber of listSubscribers(stores, { state, addresses })) {
    const { since, cadence = '', email, key } = subscriber;
    const columns = [
      formatTime(since, stores.publication.timeZone).padEnd('Wed 10 Dec 2026, 07:00'.length),
      cadence.padEnd(cadenceWidth),
      email ?? key,
    ];
    if (json) io.outJson(`${count > 0 ? ',' : ''}${JSON.stringify(subscriber)}`);
    else io.out(columns.join('  '));
    count += 1;
  }
  if (json) io.outJson(']\n');
  else if (count === 0) io.err(`No subscriber is ${state}.`);
};
