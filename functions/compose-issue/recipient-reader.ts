import { recipientShards, type SubscriberStore } from '../adapters/table/subscribers.ts';
import type { Cadence } from '../core/publication.ts';

const pageSize = 1000;

export interface RecipientAddress {
  readonly key: string;
  readonly email: string;
}

/** Reads the recipients of a cadence shard by shard, which is the order of their keys, and buffers one page at a time. */
export const createRecipientReader = (subscribers: Pick<SubscriberStore, 'listRecipients'>, cadence: Cadence) => {
  let buffered: RecipientAddress[] = [];
  let position: { readonly shard: number; readonly after: string | undefined } | undefined;

  const readNextPage = async (): Promise<void> => {
    const shard = position && recipientShards[position.shard];
    if (!position || !shard) return;
    const page = await subscribers.listRecipients(cadence, shard, { after: position.after, limit: pageSize });
    for (const subscriber of page)
      if (subscriber.state === 'active') buffered.push({ key: subscriber.key, email: subscriber.email });
    position =
      page.length < pageSize
        ? { shard: position.shard + 1, after: undefined }
        : { shard: position.shard, after: page.at(-1)?.key };
  };

  return {
    next: async (after: string | undefined, count: number): Promise<RecipientAddress[]> => {
      position ??= {
        shard: Math.max(
          0,
          recipientShards.findIndex((digit) => after?.startsWith(digit)),
        ),
        after,
      };
      for (;;) {
        if (after !== undefined) buffered = buffered.filter(({ key }) => key > after);
        if (buffered.length >= count || position.shard >= recipientShards.length) return buffered.slice(0, count);
        await readNextPage();
      }
    },
  };
};
