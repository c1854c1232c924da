import { expect, it } from 'vitest';
import { renderIssueContent } from '../../../../functions/core/newsletter/pages/render-issue-content.ts';
import { queryPage } from '../../site/query-page.ts';
import { arabicPageEntry, tidesEntry } from '../../site/sample-entries.ts';
import { createSitePage } from '../../site/site-page-fixture.ts';

it.each([
  ['a picture', { url: '/a.jpg', alt: 'a' }, ['high', null, null, null]],
  ['none', undefined, [null, null, null]],
])('of an issue whose first article has %s, only that comes at once', (_, image, priorities) => {
  const html = '<p>a</p><figure><img src="https://news.example/b.jpg" alt="b"></figure><img src="/c.jpg" alt="c">';
  const page = queryPage(
    renderIssueContent(createSitePage(), {
      introduction: '',
      entries: [
        { ...arabicPageEntry, html: '<p>&lt;img src="x"&gt;</p>', ...(image && { image }) },
        { ...tidesEntry, html },
      ],
      forms: ['full', 'full'],
      corrections: [],
      hasMore: false,
    }),
  );
  expect(page.attributes('img', 'fetchpriority')).toEqual(priorities);
  const isLazy = page.attributes('img', 'loading').map((loading) => loading === 'lazy');
  expect(isLazy).toEqual(priorities.map((priority) => priority === null));
});
