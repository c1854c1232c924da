import { describe, expect, it } from 'vitest';
import { selectEmailMessages, selectSubscriptionMessages } from '../../../../functions/core/messages.ts';
import { queryPage } from '../../site/query-page.ts';
import { createSitePage } from '../../site/site-page-fixture.ts';
import { renderAllSubscriptionPages } from './render-all-subscription-pages.ts';

const site = { ...createSitePage(), styleHash: '0123456789ab' };
const pages = renderAllSubscriptionPages(site);

it.each(['check-mail', 'invalid-sign-up', 'confirm', 'preferences', 'data'])(
  'the whole of %s is as it was',
  async (name) => {
    await expect(pages[name]).toMatchFileSnapshot(`golden/${name}.html`);
  },
);

describe.each(Object.entries(pages))('%s', (_, html) => {
  const page = queryPage(html);

  it('is found by no search engine, and claims no address', () => {
    expect(page.attribute('meta[name=robots]', 'content')).toBe('noindex');
    expect(page.has('link[rel=canonical]')).toBe(false);
  });

  it('sends its forms to the site alone, none of them by a link that could be followed', () => {
    expect(page.attributes('form', 'method').every((method) => method === 'post')).toBe(true);
    expect(page.attributes('form', 'action').every((action) => action?.startsWith('/subscriptions'))).toBe(true);
  });
});

it('a publication of one cadence offers it and a pause', () => {
  const { digest: _, ...rest } = site.publication;
  const weekly = {
    ...site,
    publication: { ...rest, digest: { weekly: { day: 'monday', hour: 7 } } },
  } as const;
  const page = queryPage(renderAllSubscriptionPages(weekly).preferences ?? '');
  expect(page.attributes('input[name=choice]', 'value')).toEqual([
    'weekly',
    'pause-week',
    'pause-month',
    'pause-quarter',
    'pause-date',
    'pause',
  ]);
});

it('who gets a quieter cadence than they chose is told so, and it is what the form has', () => {
  const page = queryPage(pages['preferences-quieter-cadence'] ?? '');
  expect(page.text('#page-choice-note')).toBe(
    'You chose “Daily digest”, which is no longer offered. Until you choose again, you get “Weekly digest”.',
  );
  expect(page.attribute('fieldset[aria-describedby=page-choice-note] input[checked]', 'value')).toBe('weekly');
});

const placesOf = (words: Record<string, string>) =>
  Object.entries(words).map(([name, phrase]) => `${name} ${(phrase.match(/\{\w+\}/g) ?? []).sort()}`);

it.each(['de', 'fr', 'es', 'pt', 'it', 'ar'])(
  '%s has words of its own for pages and mails, with the places of the English ones',
  (language) => {
    for (const read of [selectSubscriptionMessages, selectEmailMessages]) {
      const words: Record<string, string> = read(createSitePage({ language }));
      const english: Record<string, string> = read(createSitePage());
      expect(placesOf(words)).toEqual(placesOf(english));
      expect(Object.keys(english).filter((name) => name !== 'colon' && words[name] === english[name])).toEqual([]);
    }
  },
);
