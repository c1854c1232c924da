import { describe, expect, it } from 'vitest';
import { htmlProblems } from './html-problems.ts';
import { everyPage } from './pages.ts';
import { siteWith } from './site.ts';

const sites = {
  English: siteWith(),
  Arabic: siteWith({ language: 'ar', title: 'جريدة الميناء' }),
  'without words of its own': siteWith({ language: 'sw-KE' }),
};

describe.each(Object.entries(sites))('a site that is %s', (_, site) => {
  it.each(Object.entries(everyPage(site)))('has a valid page: %s', async (_name, html) => {
    expect(await htmlProblems(html)).toEqual([]);
  });
});

it('is told of what is invalid', async () => {
  expect(await htmlProblems('<!DOCTYPE html><p style="x"><h1>A</h1></p>')).not.toEqual([]);
});
