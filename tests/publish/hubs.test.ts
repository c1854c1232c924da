import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { type PublishFixture, startPublishFixture } from './publish-fixture.ts';

let press: PublishFixture;
let hub: Server;
afterEach(async () => {
  await press.stop();
  hub.closeAllConnections();
  await new Promise((closed) => hub.close(closed));
});

/** A WebSub hub that keeps what it is told, and looks at the feed at that moment. */
const startHub = async (
  status: number,
  onPing: (form: URLSearchParams) => Promise<void> = async () => {},
) => {
  const told: string[] = [];
  hub = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    await onPing(form);
    told.push(
      `${request.method} ${request.headers['content-type']?.split(';')[0]} ${form.get('hub.mode')} ${form.get('hub.url')}`,
    );
    response.writeHead(status).end();
  });
  await new Promise<void>((ready) => hub.listen(0, '127.0.0.1', ready));
  const address = hub.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { told, url: `http://127.0.0.1:${port}/` };
};

const ping = (path: string): string =>
  `POST application/x-www-form-urlencoded publish https://news.example${path}`;

test('each hub is told of every changed feed, after the feed is visible', async () => {
  const seen: (string | undefined)[] = [];
  const { told, url } = await startHub(202, async () => {
    seen.push(await press.read('site', 'rss.xml'));
  });
  press = await startPublishFixture({ settings: { hubs: [url] } });
  await press.upload('a.md', '---\ntitle: New\ntags: [Ferries]\n---\n\nText.\n');
  await press.deliverAll();
  const feeds = ['', '/topics/ferries'].flatMap((folder) => [
    `${folder}/rss.xml`,
    `${folder}/atom.xml`,
    `${folder}/feed.json`,
  ]);
  expect(told.toSorted()).toEqual([...feeds, '/feed.xml'].map(ping).toSorted());
  for (const feed of seen) expect(feed).toContain('<title>New</title>');
  expect(await press.read('site', 'rss.xml')).toContain(`<atom:link rel="hub" href="${url}"`);
});

test('a hub that is away holds nothing up, and the operator is told', async () => {
  const { url } = await startHub(500);
  press = await startPublishFixture({ settings: { hubs: [url] } });
  await press.upload('a.md', '---\ntitle: New\n---\n\nText.\n');
  await press.deliverAll();
  expect(await press.read('site', 'rss.xml')).toContain('New');
  expect(press.warnings.map(({ message }) => message)).toContain('notifying the hub failed');
});

test('a repeated event tells no hub', async () => {
  const { told, url } = await startHub(202);
  press = await startPublishFixture({ settings: { hubs: [url] } });
  await press.upload('a.md', '---\ntitle: New\n---\n\nText.\n');
  const events = [...press.pending];
  await press.deliverAll();
  told.length = 0;
  await press.deliver(events);
  expect(told).toEqual([]);
});
