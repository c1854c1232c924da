import { describe, expect, test } from 'vitest';
import { takeInlineFields } from '../../../../functions/core/article/markdown/take-inline-fields.ts';
import { toSeedKind } from '../../../../functions/core/seed-kind.ts';
import { measureCpuMs } from '../../../measure-cpu-ms.ts';
import { parseTestSeed } from '../parse-test-seed.ts';

const withheld = expect.objectContaining({ name: 'SeedWithheld' });
const yaml = (fields: string, body = 'The ferry sails.') => `---\ntitle: A quiet week\n${fields}\n---\n\n${body}\n`;

describe('what tools write of a text that is not public keeps it from readers', () => {
  test.each([
    [
      'Nikola, a tag',
      'a.md',
      '<!--\n.. title: A quiet week\n.. date: 2026-11-20\n.. tags: draft, harbour\n-->\n\nBody.',
    ],
    ['Nikola, a tag of a page', 'a.html', '<!--\n.. title: A\n.. tags: private\n-->\n<p>Body.</p>'],
    ['Nikola, a status in text', 'a.txt', '.. title: A quiet week\n.. date: 2026-11-20\n.. status: private\n\nBody.'],
    ['Hugo, a page that is not rendered', 'a.md', yaml('_build:\n  render: link')],
    ['Hugo, by ox-hugo', 'a.md', '#+TITLE: A quiet week\n#+HUGO_DRAFT: true\n\nBody.'],
    ['Zola, a page that is not rendered', 'a.md', '+++\ntitle = "A"\nrender = false\n+++\nBody.'],
    ['Obsidian, a tag', 'a.md', yaml('tags: [draft, harbour]')],
    ['Obsidian, a tag within a tag', 'a.md', yaml('tags:\n  - status/in-progress')],
    ['Obsidian, hidden in a garden', 'a.md', yaml('dg-publish: true\ndg-hide: true')],
    ['Bear, a tag', 'a.md', '# A quiet week\n#draft #harbour\n\nBody.'],
    ['Bear, a tag in the last line', 'a.md', '# A quiet week\n\nBody.\n\n#harbour #wip'],
    ['Dataview, below a headline', 'a.md', '---\ncreated: 2026-11-20\n---\n# A quiet week\n\ndraft:: true\n\nBody.'],
    ['Dataview, at the end', 'a.md', yaml('tags: [harbour]', 'Body.\n\n**Status**:: draft')],
    ['Dataview, within a line', 'a.md', yaml('tags: [harbour]', 'Body, [publish:: false] and text.')],
    ['Dataview, in a list', 'a.md', yaml('tags: [harbour]', '- (draft:: true)\n- text')],
    ['Logseq, below a block', 'a.md', '- # A quiet week\n  public:: false\n- Body.'],
    ['WordPress, a password', 'a.md', yaml('post_password: harbour')],
    ['Micropub', 'a.md', yaml('mp-status: draft')],
    ['Lektor', 'a.md', yaml('_discoverable: no')],
    ['Gridea', 'a.md', yaml('hideInList: true')],
    ['Publii', 'a.md', yaml('status: published,hidden')],
  ])('%s', (_, key, text) => {
    expect(() => parseTestSeed(key, text)).toThrow(withheld);
  });

  test.each([
    'story.draft.md',
    'story_DRAFT.md',
    'DRAFT story.md',
    '_draft-story.md',
    'story (Entwurf).md',
    'notes/Templates/story.md',
    '_layouts/post.html',
    'Trash/story.md',
    'story (conflicted copy 2026-11-20).md',
    "story (Ada Brandt's conflicted copy 2026-11-20).md",
    'story.sync-conflict-20261120-101010-ABCDEFG.md',
  ])('%s', (key) => {
    expect(() => parseTestSeed(key, '# A quiet week\n\nThe ferry sails.')).toThrow(withheld);
  });
});

describe('what only looks like it does not', () => {
  test.each([
    ['a topic of a text that is stated to be public', 'a.md', yaml('draft: false\ntags: [draft, nfl]')],
    ['a topic with more words', 'a.md', yaml('tags: [draft beer, draft-horses]')],
    ['a title that begins with the word', 'draft-beer-week.md', yaml('tags: [beer]')],
    ['a title that ends with it', '2026-nfl-draft.md', yaml('tags: [nfl]')],
    ['a title in capitals', 'NFL DRAFT.md', yaml('tags: [nfl]')],
    ['code', 'a.md', yaml('tags: [code]', '```\ndraft:: true\n```\n\nAnd `[publish:: false]`, std::move.')],
    ['a field that says no', 'a.md', yaml('tags: [code]', 'draft:: false\n\nBody.')],
    ['Publii, a public one', 'a.md', yaml('status: published,featured')],
    ['a template among other names', 'news/template-of-a-ferry.md', yaml('tags: [a]')],
  ])('%s', (_, key, text) => {
    expect(parseTestSeed(key, text)).toMatchObject({ title: 'A quiet week' });
  });
});

test('fields of notes within a text are listed, and not shown', () => {
  const { text, cut } = parseTestSeed('a.md', yaml('tags: [a]', 'draft:: false\n\nBody [author:: Ada] here.'));
  expect(text).toBe('Body here.');
  expect(cut).toEqual([
    { text: 'draft:: false', reason: 'property of a note' },
    { text: '[author:: Ada]', reason: 'property of a note' },
  ]);
});

test.each(['robots: noindex, follow', 'noindex: true', 'sitemap: false'])(
  '%s is told to be ignored, as the article is public',
  (field) => {
    const [warning] = parseTestSeed('a.md', yaml(field)).warnings;
    expect(warning).toEqual({
      message: expect.stringContaining('is ignored: the article is in the sitemap'),
      place: 'line 3',
    });
    expect(parseTestSeed('a.md', yaml('robots: index, follow\nsitemap: true\nnoindex: false')).warnings).toEqual([]);
  },
);

test('fields are sought in moments', () => {
  const lines = `${'['.repeat(5000)}a:: b ${'a'.repeat(5000)}::\n`.repeat(100);
  expect(measureCpuMs(() => takeInlineFields(lines, {}))).toBeLessThan(2000);
});

test.each(['story.md.orig', 'story.md.rej', 'story.old', 'story.md.save'])('%s is left behind by a program', (key) => {
  expect(toSeedKind(key)).toBe('ignored');
});
