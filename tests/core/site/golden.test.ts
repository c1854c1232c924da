import { expect, it } from 'vitest';
import { renderArticlePage } from '../../../functions/core/site/render-article-page.ts';
import { renderIcon } from '../../../functions/core/site/render-assets.ts';
import { renderAllPages } from './pages.ts';
import { embassyEntry, tidesEntry } from './sample-entries.ts';
import { createSitePage } from './site-page-fixture.ts';

// A fixed hash: the goldens show the markup, and a change of style leaves them as they are.
const site = { ...createSitePage(), styleHash: '0123456789ab' };
const pages = renderAllPages(site);

it.each([
  ['article.html', renderArticlePage(site, tidesEntry)],
  ['article-wire.html', renderArticlePage(site, embassyEntry)],
  ['home.html', pages.home],
  ['month.html', pages.month],
  ['topic.html', pages.topic],
  ['subscribe.html', pages['subscribe-sign-up']],
  ['not-found.html', pages['not-found']],
  ['icon.svg', renderIcon(site)],
])('the whole of %s is as it was', async (name, document) => {
  await expect(document).toMatchFileSnapshot(`golden/${name}`);
});

it('the same entries give the same bytes', () => {
  expect(renderAllPages(site)).toEqual(pages);
});
