import { describe, expect, test } from 'vitest';
import { findFolderReason } from '../../functions/core/article/find-folder-reason.ts';
import { listSectionKeys } from '../../functions/core/section-files.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';

const article = (title: string): string => `---\ntitle: ${title}\n---\nThe text of ${title}.\n`;
const hugo = '---\ntitle: Secret\ncascade:\n  draft: true\n---\n';

const createFolder = async () => {
  const fixture = await createInMemoryPublishFixture();
  const listArticles = async (): Promise<string[]> => {
    await fixture.deliverAll();
    return [...(await fixture.list('site')).keys()].filter((key) => key.startsWith('articles/')).sort();
  };
  return { fixture, listArticles };
};

test('what a file about a folder withholds has previews, whether it comes before its seeds or after them', async () => {
  const { fixture, listArticles } = await createFolder();
  await fixture.upload('blog/secret/_index.md', hugo);
  await fixture.upload('blog/secret/first.md', article('First'));
  await fixture.upload('blog/secret/deep/second.md', article('Second'));
  await fixture.upload('blog/third.md', article('Third'));
  expect(await listArticles()).toEqual(['articles/third']);
  const previews = () =>
    fixture.list('site').then((site) => [...site.keys()].filter((key) => /^previews\/[^/]+$/.test(key)));
  expect(await previews()).toHaveLength(2);
  expect(await fixture.read('internal', 'notices/blog/secret/first.md.txt')).toContain(
    'Reason: This is a draft, as the field “draft” of blog/secret/_index.md says of all in its folder.',
  );
  await fixture.upload('blog/secret/_index.md', '---\ntitle: Not secret\n---\n');
  expect(await listArticles()).toEqual(['articles/first', 'articles/second', 'articles/third']);
  expect(await previews()).toHaveLength(0);
  await fixture.upload('blog/_index.md', '+++\ntitle = "Blog"\ndraft = true\n+++\n');
  expect(await listArticles()).toEqual([]);
  await fixture.upload('blog/secret/first.md', article('First, edited'));
  expect(await listArticles()).toEqual([]);
  await fixture.remove('blog/_index.md');
  expect(await listArticles()).toEqual(['articles/first', 'articles/second', 'articles/third']);
});

describe('why nothing in a folder is for readers', () => {
  const find = (text: string, key = 'blog/_index.md') =>
    findFolderReason({ key, bytes: new TextEncoder().encode(text) });
  test.each([
    ['Hugo', hugo],
    ['Hugo, several sets', '---\ncascade:\n  - build:\n      render: never\n    target:\n      kind: page\n---\n'],
    ['Hugo, TOML', '+++\n[cascade]\n  [cascade._build]\n    list = "never"\n+++\n'],
    ['Hugo, parameters', '---\ncascade:\n  params:\n    private: true\n---\n'],
    ['Hugo, headless', '---\ncascade:\n  headless: true\n---\n'],
    ['Zola', '+++\ntitle = "Blog"\nsort_by = "date"\ndraft = true\n+++\n'],
  ])('%s', (_, text) => {
    expect(find(text)).toMatch(/^This .* of blog\/_index\.md says of all in its folder\.$/);
  });

  test.each([
    ['a public section', '---\ntitle: Blog\ncascade:\n  type: post\n  draft: false\n---\n'],
    ['a section without a page', '+++\ntitle = "Blog"\nrender = false\n+++\n'],
    ['no front matter', '# Blog\n'],
    ['front matter with mistakes', '---\ntitle: [\n---\n'],
  ])('%s withholds nothing', (_, text) => {
    expect(find(text)).toBeUndefined();
  });

  test('other files say nothing of their folders', () => {
    expect(find(hugo, 'blog/index.md')).toBeUndefined();
    expect(listSectionKeys('a/b/c.md')).toEqual(['a/b/_index.md', 'a/_index.md', '_index.md']);
    expect(listSectionKeys('a/_index.md')).not.toContain('a/_index.md');
  });
});
