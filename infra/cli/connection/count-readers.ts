import { recipientShards, type SubscriberStore } from '../../../functions/adapters/table/subscribers.ts';
import type { ActiveSubscriber, Subscriber } from '../../../functions/core/newsletter/subscriber/subscriber-record.ts';
import { hasOnlyFormerTopics, listTopicOptions } from '../../../functions/core/newsletter/subscriber/topic-choice.ts';
import { type Cadence, cadences, findQuieterCadence, type Publication } from '../../../functions/core/publication.ts';

const pageSize = 1000;

type Recipients = Pick<SubscriberStore, 'listRecipients'>;

const visitShard = async (
  store: Recipients,
  cadence: Cadence,
  shard: string,
  visit: (reader: Subscriber) => void,
): Promise<number> => {
  let count = 0;
  for (let after: string | undefined; ; ) {
    const found = await store.listRecipients(cadence, shard, { after, limit: pageSize });
    for (const reader of found) visit(reader);
    count += found.length;
    after = found.at(-1)?.key;
    if (found.length < pageSize) return count;
  }
};

/** How many subscribers get the issues of each cadence: a request for each thousand. */
export const countReaders = async (
  store: Recipients,
  visit: (reader: Subscriber) => void = () => {},
): Promise<Readonly<Record<Cadence, number>>> => {
  const counts = { immediately: 0, daily: 0, weekly: 0, monthly: 0 };
  for (const cadence of cadences) {
    const shards = await Promise.all(recipientShards.map((shard) => visitShard(store, cadence, shard, visit)));
    counts[cadence] = shards.reduce((all, one) => all + one, 0);
  }
  return counts;
};

export interface TopicReaders {
  readonly name: string;
  readonly isFormer: boolean;
  readonly readers: number;
}

/** Readers whose cadence is not offered. Without `cadence`, they get nothing. */
export interface FormerCadenceReaders {
  readonly chosen: Cadence;
  readonly cadence?: Cadence | undefined;
  readonly readers: number;
}

export interface ReaderChoices {
  readonly formerCadences: readonly FormerCadenceReaders[];
  readonly cadences: Readonly<Record<Cadence, number>>;
  /** In the order of the settings, and then those that are not offered any more. Without any, nobody chose topics. */
  readonly topics: readonly TopicReaders[];
  /** They chose topics, and none of them is offered any more. */
  readonly withFormerTopicsOnly: number;
}

/** How many subscribers chose each cadence and each topic. */
export const countChoices = async (store: Recipients, publication: Publication): Promise<ReaderChoices> => {
  const topics = new Map<string, TopicReaders>();
  const formerCadences = new Map<string, FormerCadenceReaders>();
  let withFormerTopicsOnly = 0;
  const counts = await countReaders(store, (reader) => {
    if (reader.state !== 'active') return;
    countFormerCadence(formerCadences, publication, reader);
    if (!reader.topics) return;
    if (hasOnlyFormerTopics(publication, reader.topics)) withFormerTopicsOnly += 1;
    for (const { slug, name, isFormer, chosen } of listTopicOptions(publication, reader.topics))
      topics.set(slug, { name, isFormer, readers: (topics.get(slug)?.readers ?? 0) + (chosen ? 1 : 0) });
  });
  const listed = [...topics.values()].toSorted((a, b) => Number(a.isFormer) - Number(b.isFormer));
  return { cadences: counts, formerCadences: [...formerCadences.values()], topics: listed, withFormerTopicsOnly };
};

const countFormerCadence = (
  counts: Map<string, FormerCadenceReaders>,
  publication: Publication,
  { cadence, chosenCadence }: ActiveSubscriber,
): void => {
  const isOffered = publication.digest[cadence] !== undefined;
  const chosen = chosenCadence ?? (isOffered ? undefined : cadence);
  if (chosen === undefined) return;
  const served = isOffered ? cadence : findQuieterCadence(publication, cadence);
  const name = `${chosen} ${served}`;
  counts.set(name, { chosen, cadence: served, readers: (counts.get(name)?.readers ?? 0) + 1 });
};
