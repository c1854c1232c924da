import { recordLeftPosition } from '../../../functions/adapters/table/find-left-position.ts';
import { listPauseDays, parsePause } from '../../../functions/core/newsletter/subscriber/pause.ts';
import type { ActiveSubscriber, Subscriber } from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import {
  findTopicByName,
  listOfferedTopics,
  listTopicOptions,
  parseTopicChoice,
} from '../../../functions/core/newsletter/subscriber/topic-choice.ts';
import type { Cadence, Publication } from '../../../functions/core/publication.ts';
import { type CliServices, connectServices } from '../connection/create-cli-services.ts';
import { requireCadence } from '../newsletter/find-next-issue.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatTable, formatTime } from '../output/format-values.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';
import { findSubscriber } from './run-subscribers-show.ts';

interface Options extends GlobalOptions {
  readonly cadence?: Cadence;
  readonly topics?: string;
  readonly pauseUntil?: string;
  readonly resume?: boolean;
}

/** Changes what a reader chose, as the page of their subscription does. */
export const runSubscribersSet = async (address: string, options: Options, io: Io): Promise<void> => {
  const { cadence, topics, pauseUntil, resume = false } = options;
  if (cadence === undefined && topics === undefined && pauseUntil === undefined && !resume)
    throw new CliError('Say what to change: --cadence, --topics, --pause-until or --resume.', exitCodes.usage);
  if (pauseUntil !== undefined && resume) throw new CliError('Name either --pause-until or --resume.', exitCodes.usage);
  const stores = await connectServices(options, io);
  const { publication } = stores;
  const subscriber = requireActive(await findSubscriber(stores, address));
  if (cadence !== undefined) requireCadence(publication, cadence);
  const { after } = await stores.subscribers.apply(subscriber.key, {
    kind: 'changePreferences',
    cadence: cadence ?? subscriber.cadence,
    ...(topics === undefined ? pickTopics(subscriber) : parseTopics(topics, publication, subscriber)),
    ...(resume ? { paused: false } : choosePause(subscriber, pauseUntil, stores)),
  });
  const changed = after && (await recordLeftPosition(stores, after));
  if (changed?.state !== 'active') throw new CliError('The subscriber left meanwhile.');
  printResult(io, options, changed, formatChoices(changed, publication));
};

const requireActive = (subscriber: Subscriber): ActiveSubscriber => {
  if (subscriber.state === 'active') return subscriber;
  throw new CliError(`The address is ${subscriber.state}: only an active subscriber has choices.`);
};

const pickTopics = ({ topics }: ActiveSubscriber) => (topics === undefined ? {} : { topics });

const parseTopics = (written: string, publication: Publication, { topics: own }: ActiveSubscriber) => {
  const names = written
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 1 && names[0] === 'all') return {};
  const slugs = names.map((name) => findTopicByName(publication, name) ?? name);
  const chosen = parseTopicChoice(slugs, publication, own);
  if (names.length > 0 && chosen !== 'unknown') return chosen;
  const offered = listOfferedTopics(publication).map(({ name }) => name);
  const known = offered.length > 0 ? `: ${offered.join(', ')}, or all` : ' none';
  throw new CliError(`--topics takes names of topics that the settings offer${known}.`, exitCodes.usage);
};

const choosePause = (
  { paused, pausedUntil }: ActiveSubscriber,
  written: string | undefined,
  { publication, now }: Pick<CliServices, 'publication' | 'now'>,
) => {
  if (written === undefined) return { paused, ...(pausedUntil !== undefined && { pausedUntil }) };
  const clock = { publication, now: now() };
  const end = parsePause('pause-date', written, clock);
  if (end !== 'invalidDate') return { paused: true, ...end };
  const { first, last } = listPauseDays(clock);
  throw new CliError(`--pause-until takes a day from ${first} to ${last}.`, exitCodes.usage);
};

const formatChoices = (subscriber: ActiveSubscriber, publication: Publication): string[] => {
  const { cadence, topics, paused, pausedUntil } = subscriber;
  const names = listTopicOptions(publication, topics).flatMap(({ name, chosen }) => (chosen ? [name] : []));
  const until =
    pausedUntil === undefined ? 'until they come back' : `until ${formatTime(pausedUntil, publication.timeZone)}`;
  return formatTable([
    ['Cadence', cadence],
    ['Topics', topics ? names.join(', ') : 'all articles'],
    ['Pause', paused ? until : 'none'],
  ]);
};
