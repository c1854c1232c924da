import { expect, it } from 'vitest';
import { renderSubscribePage } from '../../../functions/core/site/render-subscribe-page.ts';
import { queryPage } from './query-page.ts';
import { createSitePage } from './site-page-fixture.ts';

const topics = [{ name: 'Small boats', slug: 'small-boats' }];
const pageOf = (...settings: Parameters<typeof createSitePage>) =>
  queryPage(renderSubscribePage(createSitePage(...settings), topics));

it('has the three feed addresses in fields to copy from, each with a label', () => {
  const page = pageOf();
  expect(page.texts('textarea[readonly]')).toEqual([
    'https://harbour-gazette.example/rss.xml',
    'https://harbour-gazette.example/atom.xml',
    'https://harbour-gazette.example/feed.json',
  ]);
  expect(page.attributes('label', 'for')).toEqual(page.attributes('textarea[readonly]', 'id'));
});

it('leads to the feed of each topic, to the list of all and to the digests', () => {
  const page = pageOf();
  expect(page.attribute('main a[href^="/topics"]', 'href')).toBe('/topics/small-boats/rss.xml');
  expect(page.has('main a[href="/opml.xml"]')).toBe(true);
  expect(page.attributes('.digests a', 'href')).toEqual(['/digest/daily.html', '/digest/weekly.html']);
});

it('has no form before one can sign up', () => {
  expect(pageOf().has('form')).toBe(false);
});

it('has a form that asks for an address and a cadence, with a trap for machines', () => {
  const page = pageOf({}, true);
  expect(page.attribute('form', 'method')).toBe('post');
  expect(page.attribute('form', 'action')).toBe('/subscriptions');
  expect(page.attributes('form input', 'name')).toEqual(['email', 'cadence', 'cadence', 'form', 'words', 'website']);
  expect(page.attribute('input[name=form]', 'value')).toBe('subscribe');
  expect(page.attributes('form input[type=radio]', 'value')).toEqual(['daily', 'weekly']);
  // The quietest of those that are offered.
  expect(page.attributes('form input[checked]', 'value')).toEqual(['weekly']);
});

it('asks for no cadence where there is one', () => {
  const page = pageOf({ digest: { weekly: { day: 'monday', hour: 7 } } }, true);
  expect(page.has('input[type=radio]')).toBe(false);
  expect(page.attribute('input[name=cadence]', 'value')).toBe('weekly');
});
