import { expect, test } from 'vitest';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';

/** A folder of posts as many tools write them. */
const folder: Readonly<Record<string, string>> = {
  '_posts/2026-11-20-jekyll.md': '---\nlayout: post\ntitle: Jekyll\ntags: ferry tides\n---\nIt rises.\n',
  '_drafts/jekyll-draft.md': '---\ntitle: Secret of Jekyll\n---\nIt rises.\n',
  '_posts/2026-11-19-unpublished.html': '---\ntitle: Secret page of Jekyll\npublished: false\n---\n<p>It rises.</p>\n',
  'content/hugo.md': "+++\ntitle = 'Hugo'\ndate = 2026-11-20\ndraft = false\n+++\nIt rises.\n",
  'content/_index.md': '---\ntitle: Secret list of Hugo\n---\n',
  'content/draft.md': "+++\ntitle = 'Secret of Hugo'\ndraft = true\n+++\nIt rises.\n",
  'src/eleventy.md': '---\ntitle: Eleventy\ndate: git Last Modified\nlayout: post.njk\n---\nIt rises.\n',
  'src/eleventy-hidden.md': '---\ntitle: Secret of Eleventy\npermalink: false\n---\nIt rises.\n',
  'src/content/blog/astro.md': "---\ntitle: 'Astro'\npubDate: 'Nov 20 2026'\nheroImage: '../a.jpg'\n---\nIt rises.\n",
  'source/_posts/hexo.md':
    '---\ntitle: Hexo\ndate: 2026/11/20 12:00:00\ncategories:\n  - [Sports, Sailing]\n---\nIt rises.\n',
  'gatsby/index.md': '---\ntitle: Gatsby\ndate: "2026-11-20T22:12:03.284Z"\n---\nIt rises.\n',
  'vault/obsidian.md':
    '---\ntags:\n  - "#harbour"\npublish: true\n---\n# Obsidian\n\nIt rises. %%Secret of Obsidian%%\n',
  'vault/diary.md': '---\npublish: false\n---\n# Secret diary\n\nIt rises.\n',
  'ghost/paid.md': '---\ntitle: Secret of Ghost\nstatus: published\nvisibility: paid\n---\nIt rises.\n',
  'pelican.md': 'Title: Pelican\nDate: 2026-11-20 10:20\nCategory: Port\n\nIt rises.\n',
  'pelican-draft.md': 'Title: Secret of Pelican\nStatus: draft\n\nIt rises.\n',
  'zola.md':
    '+++\ntitle = "Zola"\ndate = 2026-11-20\n[taxonomies]\ntags = ["tide"]\n[extra]\ntoc = true\n+++\nIt rises.\n',
  'nikola.md': '<!--\n.. title: Nikola\n.. date: 2026-11-20 10:00:00 UTC+01:00\n-->\n\nIt rises.\n',
  'notion.md': '# Secret of Notion\n\nCreated: November 20, 2026 10:00 AM\nStatus: Draft\n\nIt rises.\n',
  'bear.md': '# Bear\n#harbour\n\nIt rises.\n',
  'org.md': '#+TITLE: Org\n#+DATE: 2026-11-20\n\nIt rises.\n',
  'expired.md': '---\ntitle: Secret that has expired\nexpiryDate: 2020-01-01\n---\nIt rises.\n',
  'later.md': '---\ntitle: Secret for later\npublishDate: 2090-01-01\n---\nIt rises.\n',
  'README.md': '# Secret of the folder\n\nHow to write here.\n',
  'program.md': '---js\nconst title = "Secret program";\n---\nIt rises.\n',
  'slip.md': '---\ntitle: Secret behind a slip\npubilshed: false\n---\nIt rises.\n',
  'warned.md': '---\ntitle: Warned\nsumary: In short\n---\nIt rises.\n',
};

test('of a folder of posts of many tools what should be public is, nothing else, and all that needs a hand is told', async () => {
  const fixture = await createInMemoryPublishFixture();
  for (const [key, text] of Object.entries(folder)) await fixture.upload(key, text);
  await fixture.deliverAll();
  const site = await fixture.list('site');
  const articles = [...site.keys()].filter((key) => key.startsWith('articles/')).toSorted();
  const titles = 'astro bear eleventy gatsby hexo hugo jekyll nikola obsidian org pelican warned zola'.split(' ');
  expect(articles).toEqual(titles.map((title) => `articles/${title}`));
  for (const key of site.keys())
    if (!/^(?:preview|drafts)/.test(key)) expect(await fixture.read('site', key), key).not.toContain('Secret');
  const internal = [...(await fixture.list('internal')).keys()];
  const listReports = (prefix: string) =>
    internal
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length, -'.txt'.length))
      .toSorted();
  expect(listReports('rejections/')).toEqual(['program.md', 'slip.md']);
  expect(listReports('notices/')).toEqual(
    Object.entries(folder)
      .filter(([key, text]) => /Secret(?! program| behind)/.test(text) && key !== 'vault/obsidian.md')
      .map(([key]) => key)
      .concat('warned.md', 'src/content/blog/astro.md')
      .toSorted(),
  );
});
