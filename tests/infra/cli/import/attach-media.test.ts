import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  attachMedia,
  type MediaFolder,
  missingMediaRemark,
  openMediaFolder,
} from '../../../../infra/cli/import/media/attach-media.ts';
import type { SourceArticle, SourceItem } from '../../../../infra/cli/import/source/source-item.ts';

let root: string;
let media: MediaFolder;
const files = [
  '2019/04/sack.jpg',
  '2019/04/sack-300x200.jpg',
  '2019/04/small-300x200.jpg',
  '2019/04/two words.png',
  '2019/04/Caf\u00e9.png',
  '2020/tides.pdf',
  '2020/talk.mp3',
  '2020/theme.css',
  'logo.png',
];
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'seedpress-media-'));
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), file);
  }
  media = await openMediaFolder(root);
});
afterAll(() => rmSync(root, { recursive: true }));

const buildItem = (html: string, more: Partial<SourceArticle> = {}, image?: string): SourceArticle => ({
  kind: 'article',
  place: 'item 1',
  article: {
    title: 'Salt',
    authors: [],
    topics: [],
    body: { kind: 'html', html },
    image: image === undefined ? undefined : { url: image, alt: '' },
  },
  oldAddresses: ['https://www.salt.example/2019/salt/'],
  remarks: [],
  ...more,
});

const attach = async (item: SourceItem, base?: string): Promise<SourceArticle> => {
  const found: SourceItem[] = [];
  for await (const each of attachMedia([item], media, base)) found.push(each);
  const [first] = found;
  if (first?.kind !== 'article') throw new Error('nothing came of it');
  return first;
};
const attachHtml = async (html: string, more?: Partial<SourceArticle>) => {
  const { article, pictures, remarks } = await attach(buildItem(html, more));
  return {
    html: article.body.kind === 'html' ? article.body.html : '',
    paths: pictures?.map(({ path }) => path),
    remarks,
  };
};

test.each([
  ['by its path', 'https://salt.example/wp-content/uploads/2019/04/sack.jpg', '2019/04/sack.jpg'],
  ['a smaller copy as the picture it was made of', '/uploads/2019/04/sack-300x200.jpg?ssl=1', '2019/04/sack.jpg'],
  ['a smaller copy alone', 'https://salt.example/2019/04/small-300x200.jpg', '2019/04/small-300x200.jpg'],
  ['a scaled one', 'https://salt.example/2019/04/sack-scaled.jpg', '2019/04/sack.jpg'],
  ['from a host below', 'https://cdn.salt.example/a/2019/04/sack.jpg', '2019/04/sack.jpg'],
  ['from a mirror', 'https://i0.wp.com/salt.example/wp-content/uploads/2019/04/sack.jpg?w=3', '2019/04/sack.jpg'],
  ['at the top of the folder', 'https://salt.example/images/logo.png', 'logo.png'],
  ['with a blank in its name', 'https://salt.example/2019/04/two%20words.png', '2019/04/two words.png'],
  ['with an accent written in two', 'https://salt.example/2019/04/Cafe%CC%81.png', '2019/04/Caf\u00e9.png'],
])('a picture is found %s', async (_, src, file) => {
  const written = `media/${file}`.split('/').map(encodeURIComponent).join('/');
  expect(await attachHtml(`<p><img src="${src}" srcset="${src} 2x" sizes="10px" alt="A"></p>`)).toEqual({
    html: `<p><img src="${written}" alt="A"></p>`,
    paths: [`media/${file}`],
    remarks: [],
  });
});

test.each([
  ['of another site', 'https://other.example/2019/04/sack.jpg', []],
  ['of a site whose name ends alike', 'https://seasalt.example/2019/04/sack.jpg', []],
  ['that the folder does not have', 'https://salt.example/2019/04/boat.jpg', [missingMediaRemark]],
  ['with a path that leaves the folder', 'https://salt.example/2019/%2e%2e%2f04/sack.jpg', [missingMediaRemark]],
  ['that is no picture', 'https://salt.example/2020/theme.css', []],
  ['without an address', 'data:image/png;base64,AAAA', []],
])('a picture %s stays as it is', async (_, src, remarks) => {
  const html = `<p><img src="${src}" srcset="b.jpg 2x"></p>`;
  expect(await attachHtml(html)).toEqual({ html, paths: [], remarks });
});

test('linked files come along, each once, and addresses start from the folder of the seed', async () => {
  const html =
    '<a href="https://salt.example/2019/04/sack.jpg"><img src="https://salt.example/2019/04/sack-300x200.jpg"></a><a href="/x/2020/tides.pdf">Tides</a><a href="/2020/talk.mp3">Talk</a><a href="/about/">About</a><a href="#top">Up</a>';
  expect(await attachHtml(html, { folder: 'a/b/' })).toEqual({
    html: '<a href="../../media/2019/04/sack.jpg"><img src="../../media/2019/04/sack.jpg"></a><a href="../../media/2020/tides.pdf">Tides</a><a href="../../media/2020/talk.mp3">Talk</a><a href="/about/">About</a><a href="#top">Up</a>',
    paths: ['media/2019/04/sack.jpg', 'media/2020/tides.pdf', 'media/2020/talk.mp3'],
    remarks: [],
  });
});

test('the picture of the article comes along, and an export without addresses has the site of --base', async () => {
  const picture = 'https://salt.example/content/images/2019/04/sack.jpg';
  const item = buildItem('<p>Salt.</p>', { oldAddresses: ['/2019/salt/'] }, picture);
  expect((await attach(item)).article.image).toEqual({ url: picture, alt: '' });
  const { article, pictures } = await attach(item, 'https://salt.example');
  expect(article.image).toEqual({ url: 'media/2019/04/sack.jpg', alt: '' });
  expect(pictures).toEqual([{ file: join(root, '2019/04/sack.jpg'), path: 'media/2019/04/sack.jpg' }]);
});

test('what is no folder of pictures is one plain sentence', async () => {
  await expect(openMediaFolder(join(root, 'logo.png'))).rejects.toThrow('logo.png is not a folder: unpack it first.');
  await expect(openMediaFolder(join(root, 'none'))).rejects.toThrow('none cannot be read.');
  const empty = mkdtempSync(join(tmpdir(), 'seedpress-media-'));
  await expect(openMediaFolder(empty)).rejects.toThrow('There is no picture or file to publish in');
  rmSync(empty, { recursive: true });
});
