import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { type PublishFixture, startPublishFixture } from './publish-fixture.ts';

let fixture: PublishFixture;
let hub: Server;
afterEach(async () => {
  await fixture.stop();
  hub.closeAllConnections();
  await new Promise((closed) => hub.close(closed));
});

/** A WebSub hub that records its notifications, and reads the feed when it gets one. */
const startHub = async (status: number, onPing: (form: URLSearchParams) => Promise<void> = async () => {}) => {
  const notifications: string[] = [];
  hub = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    await onPing(form);
    notifications.push(
      `${request.method} ${request.headers['content-type']?.split(';')[0]} ${form.get('hub.mode')} ${form.get('hub.url')}`,
    );
    response.writeHead(status).end();
  });
  await new Promise<void>((ready) => hub.listen(0, '127.0.0.1', ready));
  const address = hub.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { notifications, url: `http://127.0.0.1:${port}/` };
};

const ping = (path: string): string => `POST application/x-www-form-urlencoded publish https://news.example${path}`;

test('each hub is notified of every changed feed, once the feed is visible', async () => {
  const seen: (string | undefined)[] = [];
  const { notifications, url } = await startHub(202, async () => {
    seen.push(await fixture.read('site', 'rss.xml'));
  });
  fixture = await startPublishFixture({ settings: { hubs: [url] } });
  await fixture.upload('a.md', '---\ntitle: New\ntags: [Ferries]\n---\n\nText.\n');
  await fixture.deliverAll();
  const feeds = ['', '/topics/ferries'].flatMap((folder) => [
    `${folder}/rss.xml`,
    `${folder}/atom.xml`,
    `${folder}/feed.json`,
  ]);
  expect(notifications.toSorted()).toEqual(feeds.map(ping).toSorted());
  for (const feed of seen) expect(feed).toContain('<title>New</title>');
  expect(await fixture.read('site', 'rss.xml')).toContain(`<atom:link rel="hub" href="${url}"`);
});

test('an unreachable hub delays nothing, and is logged as a warning', async () => {
  const { url } = await startHub(500);
  fixture = await startPublishFixture({ settings: { hubs: [url] } });
  await fixture.upload('a.md', '---\ntitle: New\n---\n\nText.\n');
  await fixture.deliverAll();
  expect(await fixture.read('site', 'rss.xml')).toContain('New');
  expect(fixture.warnings.map(({ message }) => message)).toContain('notifying the hub failed');
});

test('a repeated event notifies no hub', async () => {
  const { notifications, url } = await startHub(202);
  fixture = await startPublishFixture({ settings: { hubs: [url] } });
  await fixture.upload('a.md', '---\ntitle: New\n---\n\nText.\n');
  const events = [...fixture.pending];
  await fixture.deliverAll();
  notifications.length = 0;
  await fixture.deliver(events);
  expect(notifications).toEqual([]);
});
