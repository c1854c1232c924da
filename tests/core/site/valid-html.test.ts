import { describe, expect, it } from 'vitest';
import { findHtmlProblems } from './find-html-problems.ts';
import { renderAllPages } from './pages.ts';
import { createSitePage } from './site-page-fixture.ts';

const sites = {
  English: createSitePage(),
  Arabic: createSitePage({ language: 'ar', title: 'جريدة الميناء' }),
  'without words of its own': createSitePage({ language: 'sw-KE' }),
};

describe.each(Object.entries(sites))('a site that is %s', (_, site) => {
  it.each(Object.entries(renderAllPages(site)))('has a valid page: %s', async (_name, html) => {
    expect(await findHtmlProblems(html)).toEqual([]);
  });
});

it('is told of what is invalid', async () => {
  expect(await findHtmlProblems('<!DOCTYPE html><p style="x"><h1>A</h1></p>')).not.toEqual([]);
});
