/**
 * A burst of 1,000 uploads: how fast they are published, and how few builds that takes.
 *
 *     node tests/bench/burst.ts [COUNT]
 *
 * The queue is emptied as Lambda does it: ten invocations at once, ten messages each.
 */
import type { PublishServices } from '../../functions/publish/services.ts';
import { startPublishFixture } from '../publish/publish-fixture.ts';
import { measureMs, printTable } from './measure.ts';
import { buildArchiveSeed, toPublicationDate } from './sample-archive.ts';

const count = Number(process.argv[2] ?? 1000);
const invocations = 10;
const messages = 10;

let requests = 0;
const fixture = await startPublishFixture({
  settings: { feedSize: 20 },
  now: () => toPublicationDate(count),
  onRequest: () => {
    requests += 1;
  },
});
for (let index = 0; index < count; index += 1) await fixture.upload(`burst/${index}.md`, buildArchiveSeed(index));

let [invoked, rounds, published] = [0, 0, 0];
const observedServices: PublishServices = {
  ...fixture.services,
  log: {
    ...fixture.services.log,
    count: (metric, times) => {
      if (metric !== 'published') return;
      rounds += 1;
      published += times;
    },
  },
};

const runInvocation = async (): Promise<void> => {
  while (fixture.pending.length > 0) {
    invoked += 1;
    const failed = await fixture.deliver(fixture.pending.splice(0, messages), observedServices);
    if (failed.length > 0) throw new Error(`messages failed: ${JSON.stringify(fixture.warnings.at(-1))}`);
  }
};

const elapsed = await measureMs(() => Promise.all(Array.from({ length: invocations }, runInvocation)));
const entries = [...(await fixture.list('site')).keys()].filter((key) => key.startsWith('articles/')).length;
if (published !== count || entries !== count)
  throw new Error(`${count} uploads led to ${published} publications and ${entries} pages`);
printTable(
  ['burst', 'all published after', 'articles a second', 'invocations', 'builds', 'requests an article'],
  [
    [
      `${count.toLocaleString('en')} uploads`,
      `${(elapsed / 1000).toFixed(1)} s`,
      (count / (elapsed / 1000)).toFixed(0),
      String(invoked),
      String(rounds),
      (requests / count).toFixed(1),
    ],
  ],
);
await fixture.stop();
