import { describe, expect, test } from 'vitest';
import { removeComments } from '../../../../functions/core/article/markdown/remove-comments.ts';
import { parseSeed } from '../../../../functions/core/article/parse-seed.ts';
import { parseSeedVersion } from '../../../../functions/core/lifecycle/parse-seed-version.ts';
import { measureCpuMs } from '../../../measure-cpu-ms.ts';

const readAt = (key: string, text: string) => {
  const file = {
    key,
    bytes: new TextEncoder().encode(text),
    timeZone: 'Europe/Lisbon',
    uploadedAt: '2026-11-27T12:00:00.000Z',
    site: 'https://news.example',
  };
  return parseSeedVersion({ ...file, publicationId: 'urn:uuid:1', sequencer: '1' });
};
const read = (fields: string) => readAt('a.md', `---\ntitle: A quiet week\n${fields}\n---\nBody.`);

test.each([
  'draft: true',
  'draft: "true"',
  'Draft: Yes',
  'draft: 1',
  'draft: until Monday',
  'published: false',
  'published: no',
  'publish: false',
  'publish: "0"',
  'private: true',
  'hidden: true',
  'unlisted: on',
  'status: draft',
  'status: Private',
  'status: pending',
  'status: scheduled',
  'status: in review',
  'visibility: members',
  'password: secret',
  'permalink: false',
  'eleventyExcludeFromCollections: true',
  'build: { render: never }',
  'expiryDate: 2026-11-26',
  'expiry_date: Nov 26, 2026',
  'draft: true\ndate: someday',
  'draft: [true]',
  'draft: “true”',
  'permalink: { build: false }',
  'published_at: null',
  'access: paid',
  'audience: only_paid',
  'tier: premium',
  'paywall: true',
  'do_not_publish: true',
  'unpublished: yes',
  'embargoed: true',
  'archived: true',
  'visible: false',
  'state: draft',
  'stage: In progress',
  'entwurf: ja',
  'Brouillon: oui',
  'borrador: sí',
  '下書き: はい',
  'Status: Entwurf',
  'estado: borrador',
  'veröffentlicht: nein',
  'publié: non',
  '公開: false',
])('%s keeps a seed from readers, and is no mistake', (fields) => {
  expect(read(fields)).toEqual({ withheld: { reason: expect.stringMatching(/^This /), place: 'line 3' } });
});

test.each([
  'draft: false',
  'draft: "no"',
  'published: true',
  'published: 2026-11-20',
  'publish: yes',
  'private: 0',
  'hidden: off',
  'status: published',
  'status: Publish',
  'status: scheduled\ndate: 2026-11-20',
  'visibility: public',
  'permalink: /a/',
  'expiryDate: 2026-12-01',
  'draft:',
  'access: open',
  'tier: 1',
  'audience: beginners',
  'state: California',
  'show: true',
  'live: yes',
  'entwurf: nein',
  'draft: “false”',
  'Status: Done',
  'status: ✅ Published',
  'Status: Veröffentlicht',
  'statut: publié',
  'published_at: 2026-11-20',
])('%s does not', (fields) => {
  expect(read(fields)).toHaveProperty('version');
});

test.each(['publishDate', 'publish_date', 'published_at', 'published'])('%s ahead schedules an article', (name) => {
  expect(read(`date: 2026-11-01\n${name}: 2030-01-01T00:00:00Z`)).toMatchObject({
    version: { published: { at: '2030-01-01T00:00:00.000Z', stated: true } },
  });
});

describe('by its name', () => {
  test.each([
    '_drafts/a.md',
    'drafts/a.txt',
    'news/Drafts/a.html',
    'drafts/empty.md',
    '00 Drafts/a.md',
    'Entwürfe/a.md',
    'Entwu\u0308rfe/a.md',
    'brouillons/a.md',
    'news/_unpublished/a.md',
    'private/a.md',
  ])('%s is a draft', (key) => {
    const text = key.includes('empty') ? '' : '# Quiet\n\nBody.';
    expect(readAt(key, text)).toEqual({ withheld: { reason: 'This is in a folder of drafts.' } });
  });

  test.each(['README.md', 'news/readme.txt', '_index.md', 'news/index.md', 'CHANGELOG.md', 'LICENSE.txt'])(
    '%s is about its folder',
    (key) => {
      for (const text of ['# Quiet\n\nBody.', 'Body', ''])
        expect(readAt(key, text)).toEqual({ withheld: { reason: expect.stringContaining('about its folder') } });
    },
  );

  test('a bundle of Hugo is an article, as it states a title and a date', () => {
    expect(readAt('trip/index.md', '---\ntitle: Trip\ndate: 2026-11-20\n---\nBody.')).toHaveProperty('version');
  });
});

describe('comments for the writer alone', () => {
  const show = (body: string) => {
    const { text, cut } = parseSeed({
      key: 'a.md',
      bytes: new TextEncoder().encode(`# Quiet\n\n${body}`),
      timeZone: 'UTC',
      uploadedAt: '2026-11-27T12:00:00.000Z',
      site: 'https://news.example',
    });
    return { text, cut: cut.map((part) => part.text) };
  };
  test.each([
    ['Shown %%hidden%% again.', 'Shown again.', ['%%hidden%%']],
    ['Shown.\n\n%%\nhidden\n\nhidden\n%%\n\nAgain.', 'Shown.\n\nAgain.', ['%%\nhidden\n\nhidden\n%%']],
    ['Shown.\n\n%% hidden to the end', 'Shown.', ['%% hidden to the end']],
    ['Code `%%shown%%` here.', 'Code %%shown%% here.', []],
    ['Code.\n\n```\n%% shown %%\n```', 'Code.\n\n%% shown %%', []],
    ['It is 100%% sure.\n\nAnd 50%% not.', 'It is 100%% sure.\n\nAnd 50%% not.', []],
    ['Shown.\n\n%%```%%\n\nAgain.', 'Shown.\n\nAgain.', ['%%```%%']],
    ['Shown {/* hidden */} again.', 'Shown again.', ['{/* hidden */}']],
    ['Shown.\n\n{/*\nhidden\n\nhidden\n*/}\n\nAgain.', 'Shown.\n\nAgain.', ['{/*\nhidden\n\nhidden\n*/}']],
    ['Shown.\n\n{{/* hidden */}}', 'Shown.', ['{{/* hidden */}}']],
    ['Shown {{!-- hidden --}} again.', 'Shown again.', ['{{!-- hidden --}}']],
    ['Shown {# hidden #} again.', 'Shown again.', ['{# hidden #}']],
    [
      'Shown.\n\n{% comment %}\nhidden\n{% endcomment %}\n\nAgain.',
      'Shown.\n\nAgain.',
      ['{% comment %}\nhidden\n{% endcomment %}'],
    ],
    ['Shown {%- # hidden %} again.', 'Shown again.', ['{%- # hidden %}']],
    ['Shown.\n\n{{< comment >}}\nhidden\n{{< /comment >}}', 'Shown.', ['{{< comment >}}\nhidden\n{{< /comment >}}']],
    ['Shown <%# hidden %> again.', 'Shown again.', ['<%# hidden %>']],
    ['Shown {>>hidden<<} again.', 'Shown again.', ['{>>hidden<<}']],
    ['Shown {--gone--} again.', 'Shown again.', ['{--gone--}']],
    ['Shown {/* to the end', 'Shown {/* to the end', []],
    ['Code `{/* shown */}` here.', 'Code {/* shown */} here.', []],
  ])('%j', (body, text, cut) => {
    const found = show(body);
    expect({ ...found, text: found.text.replace(/ +/g, ' ') }).toEqual({ text, cut });
  });

  test('are found in a long text in moments', () => {
    const cpuMs = measureCpuMs(() => removeComments(`%%x%%${'a\n'.repeat(200_000)}`));
    expect(cpuMs).toBeLessThan(2000);
    const unclosed = '{/* a\n{{!-- b\n'.repeat(490) + 'a\n'.repeat(2_000_000);
    expect(measureCpuMs(() => removeComments(unclosed))).toBeLessThan(2000);
  });

  test('are bounded in number', () => {
    expect(() => show(`x${'%%%%'.repeat(100_000)}`)).toThrow('more than 1000 marks');
  });
});
