import { expect, test } from 'vitest';
import {
  archiveFeedInput,
  buildFeeds,
  emptyFeedInput,
  feedInput,
  filesFeedInput,
  oldestArchiveFeedInput,
  topicFeedInput,
} from './feed-fixture.ts';

const documents = {
  feed: feedInput,
  archive: archiveFeedInput,
  'oldest-archive': oldestArchiveFeedInput,
  empty: emptyFeedInput,
  topic: topicFeedInput,
  files: filesFeedInput,
};

test.each(Object.entries(documents))('the documents of %s', async (name, input) => {
  const { rss, atom, json } = buildFeeds(input);
  await expect(rss).toMatchFileSnapshot(`golden/${name}.rss.xml`);
  await expect(atom).toMatchFileSnapshot(`golden/${name}.atom.xml`);
  await expect(json).toMatchFileSnapshot(`golden/${name}.feed.json`);
});

test('the same entries give the same bytes', () => {
  expect(buildFeeds(structuredClone(feedInput))).toEqual(buildFeeds(feedInput));
});
