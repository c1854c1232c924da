import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { planSource } from './plan-source.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
const createFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'seedpress-export-'));
  folders.push(folder);
  return folder;
};
const writeFiles = (files: Readonly<Record<string, string>>): string => {
  const folder = createFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
};

/** Seeds by their keys, and the reasons of what is left out by its title. */
const planExport = async (path: string, base?: string) => {
  const planned = await planSource(path, base);
  return {
    seeds: Object.fromEntries(planned.flatMap((item) => (item.kind === 'seed' ? [[item.key, item.text]] : []))),
    leftOut: Object.fromEntries(planned.flatMap((item) => (item.kind === 'seed' ? [] : [[item.title, item.reason]]))),
    remarks: planned.flatMap((item) => (item.kind === 'seed' ? item.remarks : [])),
  };
};
const planFile = (name: string, text: string, base?: string) =>
  planExport(join(writeFiles({ [name]: text }), name), base);

describe('Blogger', () => {
  const kind = (name: string) =>
    `<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#${name}'/>`;
  const entry = (id: string, inside: string) =>
    `<entry><id>tag:blogger.com,1999:blog-7.${id}</id><published>2019-05-01T09:30:00-04:00</published>${inside}<title type='text'>${id}</title><content type='html'>One.&lt;br /&gt;&lt;br /&gt;Two.</content></entry>`;
  const feed = (entries: string) =>
    `<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'><id>tag:blogger.com,1999:blog-7.archive</id><title type='text'>Quay</title><generator version='7.00'>Blogger</generator>${entries}</feed>`;

  test('posts are imported; drafts, comments, pages, the template and settings are told', async () => {
    const draft = "<app:control xmlns:app='http://purl.org/atom/app#'><app:draft>yes</app:draft></app:control>";
    const tag = "<category scheme='http://www.blogger.com/atom/ns#' term='harbour'/>";
    const { seeds, leftOut } = await planFile(
      'blog.xml',
      feed(
        [
          entry('template', kind('template')),
          entry('settings', kind('settings')),
          entry('post', kind('post') + tag),
          entry('draft', draft + kind('post')),
          entry('page', kind('page')),
          entry('comment', kind('comment')),
        ].join('\n'),
      ),
    );
    expect(Object.keys(seeds)).toEqual(['imported/post.md']);
    expect(seeds['imported/post.md']).toMatch(/tags:\n {2}- harbour\nid: \S+\n---\n\nOne\.\n\nTwo\.\n$/);
    expect(leftOut).toEqual({
      template: "it is the blog's template",
      settings: 'it is a setting of the blog',
      draft: 'it is a draft',
      page: 'it is a page, not a post',
      comment: 'it is a comment',
    });
  });

  test('an export by Takeout names types and states, and the path of a post', async () => {
    const state = (type: string, status: string) =>
      `<blogger:type>${type}</blogger:type><blogger:status>${status}</blogger:status><blogger:filename>/2019/05/spring-tide.html</blogger:filename>`;
    const { seeds, leftOut } = await planFile(
      'feed.atom',
      feed(
        [
          entry('live', state('POST', 'LIVE')),
          entry('draft', state('POST', 'DRAFT')),
          entry('trash', state('POST', 'SOFT_TRASHED')),
          entry('comment', state('COMMENT', 'LIVE')),
        ].join('\n'),
      ),
    );
    expect(Object.values(seeds)).toEqual([expect.stringContaining('slug: spring-tide\n')]);
    expect(leftOut).toEqual({ draft: 'it is a draft', trash: 'it is in the trash', comment: 'it is a comment' });
  });
});

describe('Ghost', () => {
  const planPosts = (...posts: readonly object[]) =>
    planFile(
      'ghost.json',
      JSON.stringify({
        db: [
          {
            data: {
              posts: posts.map((post, index) => ({
                id: String(index),
                slug: `post-${index}`,
                title: `Post ${index}`,
                status: 'published',
                published_at: '2024-05-01T10:00:00.000Z',
                html: null,
                ...post,
              })),
            },
          },
        ],
      }),
      'https://old.example',
    );
  const bodyOf = (seed: string | undefined): string | undefined => seed?.split('\n---\n\n')[1];

  test('a post without HTML is read as its editor has it: lexical', async () => {
    const text = (words: string, format = 0) => ({ type: 'extended-text', text: words, format });
    const children = [
      {
        type: 'paragraph',
        children: [
          text('It is '),
          text('high', 1),
          text(' & '),
          { type: 'link', url: 'https://a.example/', children: [text('wet')] },
        ],
      },
      { type: 'extended-heading', tag: 'h3', children: [text('Then')] },
      { type: 'list', listType: 'number', children: [{ type: 'listitem', children: [text('One')] }] },
      { type: 'image', src: 'https://a.example/b.png', alt: 'A boat', caption: 'The <b>boat</b>' },
      { type: 'codeblock', code: 'a < b', language: 'js' },
      { type: 'markdown', markdown: '*Marked*' },
      { type: 'bookmark', url: 'https://a.example/x', metadata: { title: 'Elsewhere' } },
      { type: 'email', html: '<p>For subscribers</p>' },
      { type: 'transistor', url: 'x' },
    ];
    const { seeds, remarks } = await planPosts({ lexical: JSON.stringify({ root: { type: 'root', children } }) });
    const body = bodyOf(seeds['imported/post-0.md']);
    for (const part of [
      'It is **high** & [wet](https://a.example/)',
      '## Then',
      '1.  One',
      '<figcaption>The <b>boat</b></figcaption>',
      'a < b',
      '*Marked*',
      '[Elsewhere](https://a.example/x)',
    ])
      expect(body).toContain(part);
    expect(body).not.toContain('subscribers');
    expect(remarks).toEqual(['a card was left out: transistor']);
  });

  test('a post without HTML is read as its editor has it: mobiledoc, Markdown', async () => {
    const mobiledoc = {
      version: '0.3.1',
      atoms: [['soft-return', '', {}]],
      cards: [
        ['markdown', { markdown: '*Marked*' }],
        ['image', { src: 'https://a.example/b.png', caption: 'The boat' }],
      ],
      markups: [['strong'], ['a', ['href', 'https://a.example/']]],
      sections: [
        [
          1,
          'p',
          [
            [0, [], 0, 'It is '],
            [0, [0], 1, 'high'],
            [1, [], 0, 0],
            [0, [1], 1, 'and wet'],
          ],
        ],
        [3, 'ul', [[[0, [], 0, 'One']]]],
        [10, 0],
        [10, 1],
      ],
    };
    const { seeds, leftOut } = await planPosts(
      { mobiledoc: JSON.stringify(mobiledoc) },
      { markdown: '## Then\n\nMore.' },
      { title: 'Broken', lexical: '{' },
      { title: 'Empty' },
      { title: 'Mailed', status: 'sent', markdown: 'x' },
      { title: 'Paid', visibility: 'paid', markdown: 'x' },
      { title: 'Soon', status: 'draft', markdown: 'x' },
    );
    const body = bodyOf(seeds['imported/post-0.md']);
    for (const part of ['It is **high**', '[and wet](https://a.example/)', '-   One', '*Marked*', 'The boat'])
      expect(body).toContain(part);
    expect(bodyOf(seeds['imported/post-1.md'])).toBe('## Then\n\nMore.\n');
    expect(leftOut).toEqual({
      Broken: 'its text cannot be read as JSON',
      Empty: 'it has no text',
      Mailed: 'it was mailed, and never published',
      Paid: 'it is for members alone',
      Soon: 'it is a draft',
    });
  });
});

describe('WordPress', () => {
  const item = (id: number, type: string, inside: string) =>
    `<item><title>Item ${id}</title><content:encoded><![CDATA[]]></content:encoded><wp:post_id>${id}</wp:post_id><wp:post_date>2024-05-01 10:00:00</wp:post_date><wp:post_name>item-${id}</wp:post_name><wp:status>${type === 'post' ? 'publish' : 'inherit'}</wp:status><wp:post_type>${type}</wp:post_type>${inside}</item>`;
  const picture = (id: number, parent: number) =>
    item(
      id,
      'attachment',
      `<wp:post_parent>${parent}</wp:post_parent><wp:attachment_url>https://old.example/${id}.jpg</wp:attachment_url>`,
    );
  const thumbnail =
    '<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>';

  test('a post of a picture alone is an article: its featured one, or those that were uploaded for it', async () => {
    const items = [
      item(1, 'post', thumbnail),
      item(2, 'post', ''),
      item(3, 'post', '').replace('CDATA[]', 'CDATA[[gallery]]'),
      item(4, 'post', ''),
      picture(9, 0),
      picture(20, 2),
      picture(21, 2),
      picture(30, 3),
    ];
    const { seeds, leftOut } = await planFile(
      'wp.xml',
      `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><link>https://old.example</link>${items.join('\n')}</channel></rss>`,
    );
    const pictures = Object.entries(seeds).map(([key, text]) => [
      key,
      text.match(/(?<=[("])https:\/\/old\.example\/\d+\.jpg/g),
    ]);
    expect(Object.fromEntries(pictures)).toEqual({
      'imported/item-1.md': ['https://old.example/9.jpg'],
      'imported/item-2.md': ['https://old.example/20.jpg', 'https://old.example/21.jpg'],
      'imported/item-3.md': ['https://old.example/30.jpg'],
    });
    expect(leftOut['Item 4']).toBe('it has no text and no picture');
  });
});

/** An archive of stored files: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3. */
const buildZip = (files: Readonly<Record<string, string>>): Buffer => {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [nameBytes, bytes] = [Buffer.from(name), Buffer.from(text)];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    const parts = [Buffer.from('504b0304', 'hex'), common, nameBytes, bytes];
    local.push(...parts);
    offset += parts.reduce((sum, { length }) => sum + length, 0);
    central.push(Buffer.from('504b01021400', 'hex'), common, entry, nameBytes);
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, directory, Buffer.from('504b0506', 'hex'), end]);
};
const writeZip = (files: Readonly<Record<string, string>>): string => {
  const path = join(createFolder(), 'export.zip');
  writeFileSync(path, buildZip(files));
  return path;
};

describe.each([
  ['a folder', writeFiles],
  ['an archive', writeZip],
])('as %s', (_, write) => {
  test("Medium's posts are read as pages; drafts are told, and what else it has is not read", async () => {
    const page = (title: string) =>
      `<!DOCTYPE html><html><head><title>${title}</title></head><body><article class="h-entry"><header><h1 class="p-name">${title}</h1></header><section data-field="subtitle" class="p-summary">In short</section><section data-field="body" class="e-content"><section class="section"><h3 class="graf graf--h3 graf--leading graf--title">${title}</h3><p class="graf graf--p">The water stood at the doors.</p></section></section><footer><p>By <a href="https://medium.com/@ana" class="p-author h-card">Ana Reis</a> on <a href="https://medium.com/p/0a1b2c3d4e5f"><time class="dt-published" datetime="2019-05-01T09:30:00.000Z">May 1, 2019</time></a>.</p><p><a href="https://medium.com/@ana/spring-tide-0a1b2c3d4e5f" class="p-canonical">Canonical link</a></p></footer></article></body></html>`;
    const { seeds, leftOut } = await planExport(
      write({
        'posts/2019-05-01_Spring-tide-0a1b2c3d4e5f.html': page('Spring tide'),
        'posts/draft_Salaries-1a1b2c3d4e5f.html': page('Salaries'),
        'profile/profile.html': page('Ana'),
      }),
    );
    expect(Object.keys(seeds)).toEqual(['imported/spring-tide.md']);
    const seed = seeds['imported/spring-tide.md'];
    expect(seed).toMatch(/title: Spring tide\ndate: 2019-05-01T09:30:00.000Z\n[\s\S]*authors:\n {2}- Ana Reis\n/);
    expect(seed).toMatch(/\n---\n\nThe water stood at the doors\.\n$/);
    expect(leftOut).toEqual({ Salaries: 'it is a draft' });
  });

  test("Substack's list says what is published, and for whom", async () => {
    const rows = [
      'post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url',
      '11.spring-tide,2019-05-01T09:30:00.000Z,true,,,newsletter,everyone,"Spring, tide",In short,',
      '12.salaries,,false,,,newsletter,everyone,Salaries,,',
      '13.members,2019-05-02T09:30:00.000Z,true,,,newsletter,only_paid,Members,,',
      '14.lost,2019-05-03T09:30:00.000Z,true,,,newsletter,everyone,Lost,,',
      '15.mail,2019-05-03T09:30:00.000Z,true,,,adhoc_email,everyone,Mail,,',
    ];
    const text = '<p>The water stood at the doors.</p>';
    const { seeds, leftOut } = await planExport(
      write({
        'posts.csv': `${rows.join('\n')}\n`,
        'posts/11.spring-tide.html': text,
        'posts/11.spring-tide.opens.csv': 'private@mail.example',
        'posts/12.salaries.html': text,
        'posts/13.members.html': text,
        'posts/15.mail.html': text,
        'posts/99.unknown.html': text,
      }),
      'https://old.example',
    );
    expect(seeds).toEqual({
      'imported/spring-tide.md': expect.stringMatching(/title: Spring, tide\n[\s\S]*The water stood/),
    });
    expect(leftOut).toEqual({
      Salaries: 'it is not published',
      Members: 'it is for members alone',
      Lost: 'its text is not in the export',
      Mail: 'it was mailed, and never published',
      '': 'it is not in posts.csv',
    });
  });
});

test('an archive of anything else, or of a list that is none, is told', async () => {
  await expect(planExport(writeZip({ 'a.txt': 'x' }))).rejects.toThrow('is a ZIP archive: unpack it first.');
  await expect(planExport(writeFiles({ 'posts.csv': 'a,"b\n', 'posts/1.html': 'x' }))).rejects.toThrow(
    'cannot be read as the list of posts of Substack',
  );
});

test('a page in a folder that its `_index.md` keeps from readers is left out', async () => {
  const folder = createFolder();
  mkdirSync(join(folder, 'content/secret/deep'), { recursive: true });
  writeFileSync(join(folder, 'hugo.toml'), 'baseURL = "https://a.example/"\n');
  writeFileSync(join(folder, 'content/secret/_index.md'), '---\ncascade:\n  draft: true\n---\n');
  const page = (title: string) => `---\ntitle: ${title}\ndate: 2026-11-20\n---\nText.\n`;
  writeFileSync(join(folder, 'content/secret/deep/first.md'), page('First'));
  writeFileSync(join(folder, 'content/second.md'), page('Second'));
  const planned = await planSource(folder);
  expect(planned.map((item) => [item.place, item.kind === 'seed' ? 'seed' : item.reason])).toEqual([
    ['content/second.md', 'seed'],
    ['content/secret/deep/first.md', 'content/secret/_index.md keeps its folder from readers'],
  ]);
});
