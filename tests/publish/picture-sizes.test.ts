import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { makePictureSizes } from '../../functions/adapters/make-picture-sizes.ts';
import { createPictureCodecs } from '../../functions/adapters/picture-codecs.ts';
import { inspectImage } from '../../functions/core/image/inspect-image.ts';
import { readPictureCredits } from '../../functions/core/image/read-picture-credits.ts';
import { toRejection } from '../../functions/core/lifecycle/to-rejection.ts';
import { renderIssuePictures } from '../../functions/core/site-pictures.ts';
import { codecFiles } from '../../functions/platform/contract.ts';
import { resizePictures } from '../../functions/resize-picture/resize-pictures.ts';
import {
  addJpegSegments,
  addPngChunks,
  addWebpChunks,
  buildExif,
  buildJpegSegment,
  buildPngChunk,
  buildWebpChunk,
  sampleImages,
} from '../core/image/sample-images.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';

const { resolve } = createRequire(import.meta.url);
const codecs = createPictureCodecs((file) => readFileSync(resolve(codecFiles[file])));
const resizer = {
  resize: async (key: string, bytes: Uint8Array) => {
    try {
      return await makePictureSizes(codecs, key, bytes);
    } catch (error) {
      return { rejection: toRejection(error) };
    }
  },
};

const createFixture = async () => {
  let requests = 0;
  const fixture = await createInMemoryPublishFixture({ onRequest: () => (requests += 1) });
  const { services } = fixture;
  const list = async (start: string) =>
    [...(await fixture.list('site')).keys()].filter((path) => path.startsWith(start)).sort();
  const resize = async (changes: Partial<Parameters<typeof resizePictures>[0]> = {}) => {
    await resizePictures({ ...services, resizer, ...changes }, () => 120_000);
    await fixture.deliverAll();
  };
  return {
    ...fixture,
    resize,
    list,
    put: async (...uploads: readonly (readonly [key: string, body: string | Uint8Array])[]) => {
      for (const [key, body] of uploads) await fixture.upload(key, body);
      await fixture.deliverAll();
    },
    delete: async (key: string) => {
      await fixture.remove(key);
      await fixture.deliverAll();
    },
    listSizes: async () =>
      (await list('pictures/'))
        .map((path) => path.replace(/^pictures\/\w+\//, ''))
        .filter((name) => name.includes('.')),
    listCopies: async () => (await list('pictures/')).filter((path) => !path.includes('.')),
    readEntry: async (id: string) => {
      const [seed] = await services.seeds.getMany([id]);
      return (await services.articles.getMany(seed?.articleIds ?? []))[0]?.entry;
    },
    listRequested: async () => (await services.pictures.list(10)).map(({ key }) => key),
    countRequests: () => requests,
  };
};

const photo = ['quay.png', sampleImages['plain.png']] as const;
const otherPhoto = [
  'quay.png',
  await codecs.encodePng({ data: new Uint8Array(9 * 5 * 4).fill(99), width: 9, height: 5 }),
] as const;
const article = (text = '![The quay](quay.png)') =>
  ['ferry.md', `---\ntitle: The ferry\ndate: 2026-01-02\n---\nText. ${text}\n`] as const;

test('an article appears at once with the picture as it was stripped, and is renewed when its sizes are there', async () => {
  const { put, resize, listSizes, readEntry, listRequested, read } = await createFixture();
  await put(photo, article());
  expect(await listRequested()).toEqual(['quay.png']);
  expect((await readEntry('ferry.md'))?.pictures).toEqual([{ path: '/images/quay.png', width: 8, height: 6 }]);
  const before = await readEntry('ferry.md');
  await resize();
  const after = await readEntry('ferry.md');
  expect(after?.pictures).toEqual([
    { path: '/images/quay.png', width: 8, height: 6, sizes: { id: expect.any(String), type: 'png' } },
  ]);
  expect(await listSizes()).toEqual(['8.png', '8.webp']);
  const folder = `https://news.example/pictures/${after?.pictures?.[0]?.sizes?.id}`;
  const page = await read('site', 'articles/the-ferry');
  expect(page).toContain(`<source type="image/webp" srcset="${folder}/8.webp 8w"`);
  expect(page).toContain(`src="${folder}/8.png" srcset="${folder}/8.png 8w"`);
  expect(page).toContain('alt="The quay" width="8" height="6" loading="eager"');
  expect(page).toContain(`<meta property="og:image" content="${folder}/8.png">`);
  expect([await listRequested(), after?.updated]).toEqual([[], before?.updated]);
});

test('sizes are there while a published article shows the picture', async () => {
  const { put, resize, listSizes, list, delete: remove } = await createFixture();
  await put(photo);
  await resize();
  expect(await listSizes()).toEqual([]);
  await put(article());
  await resize();
  expect(await listSizes()).toEqual(['8.png', '8.webp']);
  await put(article('Without it.'));
  expect(await listSizes()).toEqual([]);
  await put(article());
  await resize();
  expect(await listSizes()).toEqual(['8.png', '8.webp']);
  await remove('ferry.md');
  expect(await listSizes()).toEqual([]);
  expect(await list('images/')).toEqual(['images/quay.png']);
});

test('another picture under the same name has sizes in another folder, and the former ones go', async () => {
  const { put, resize, list, readEntry } = await createFixture();
  const listSizePaths = async () => (await list('pictures/')).filter((path) => path.includes('.'));
  await put(photo, article());
  await resize();
  const [before] = await listSizePaths();
  await put(otherPhoto);
  expect(await listSizePaths()).toEqual([]);
  expect((await readEntry('ferry.md'))?.pictures).toEqual([{ path: '/images/quay.png', width: 9, height: 5 }]);
  await resize();
  const after = await listSizePaths();
  expect(after).toEqual([expect.stringMatching(/\/9\.png$/), expect.stringMatching(/\/9\.webp$/)]);
  expect(after).not.toContain(before);
});

test('a deleted picture takes its sizes along, also those that no article was told of', async () => {
  const { put, resize, listSizes, listItems, services, remove, deliverAll, delete: removeNow } = await createFixture();
  await put(photo, article());
  await resize();
  await removeNow('quay.png');
  expect(await listSizes()).toEqual([]);
  await put(photo);
  // It is deleted before publish hears of its sizes.
  await resizePictures({ ...services, resizer }, () => 120_000);
  expect(await listSizes()).toEqual(['8.png', '8.webp']);
  await remove('quay.png');
  await deliverAll();
  expect(await listSizes()).toEqual([]);
  expect(JSON.stringify([...(await listItems()).values()])).not.toContain('"PICTURES"');
});

test('a picture that cannot be decoded is refused, and the article stands without it', async () => {
  const { put, resize, list, listSizes, services } = await createFixture();
  const damaged = Uint8Array.from(sampleImages['baseline.jpg']);
  // A quantization table that the frame asks for is missing.
  damaged[Buffer.from(damaged).indexOf(Uint8Array.of(0xff, 0xdb)) + 4] = 3;
  await put(['quay.jpg', damaged], article('![The quay](quay.jpg)'));
  expect(await list('images/')).toEqual(['images/quay.jpg']);
  await resize();
  expect([await list('images/'), await listSizes()]).toEqual([[], []]);
  const [seed] = await services.seeds.getMany(['quay.jpg']);
  expect(seed?.rejection?.reason).toMatch(/^The image is damaged: /);
  expect(await list('articles/')).toEqual(['articles/the-ferry']);
  await put(['quay.jpg', sampleImages['baseline.jpg']]);
  await resize();
  expect(await listSizes()).toEqual(['8.jpg', '8.webp']);
});

test('another picture of the same size gets sizes, though those of the first were never made', async () => {
  const { put, resize, listRequested, readEntry } = await createFixture();
  await put(photo, article());
  await put(['quay.png', await codecs.encodePng({ data: new Uint8Array(8 * 6 * 4).fill(99), width: 8, height: 6 })]);
  await resize();
  expect(await listRequested()).toEqual([]);
  expect((await readEntry('ferry.md'))?.pictures?.[0]?.sizes).toBeDefined();
});

test('what moves has a width and a height, and no sizes', async () => {
  const { put, listRequested, readEntry } = await createFixture();
  await put(['wave.gif', sampleImages['animated.gif']], article('![A wave](wave.gif)'));
  expect(await listRequested()).toEqual([]);
  expect((await readEntry('ferry.md'))?.pictures).toEqual([{ path: '/images/wave.gif', width: 8, height: 6 }]);
});

test('a picture whose sizes fail three times is left as it is, and stops no other', async () => {
  const { put, resize, listRequested, readEntry, services } = await createFixture();
  await put(photo, ['tide.png', otherPhoto[1]], article('![Quay](quay.png) ![Tide](tide.png)'));
  let time = services.now().getTime();
  const failing = {
    now: () => new Date(time),
    resizer: {
      resize: async (key: string, bytes: Uint8Array) => {
        if (key === 'quay.png') throw new Error('out of memory');
        return resizer.resize(key, bytes);
      },
    },
  };
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await resize(failing);
    expect(await listRequested()).toEqual(['quay.png']);
    // Another function has it, for all that is known.
    await resize(failing);
    time += 200_000;
  }
  await resize(failing);
  expect(await listRequested()).toEqual([]);
  const sizes = (await readEntry('ferry.md'))?.pictures?.map((picture) => picture.sizes?.type);
  expect(sizes).toEqual([undefined, 'png']);
  await put(article('![Quay](quay.png) ![Tide](tide.png) More.'));
  expect(await listRequested()).toEqual([]);
});

test('requesting and making sizes again changes nothing', async () => {
  const { put, resize, list, services, readEntry } = await createFixture();
  await put(photo, article());
  const [request] = await services.pictures.list(1);
  await resize();
  const [before, entry] = [await list(''), await readEntry('ferry.md')];
  if (request) await services.pictures.request([request]);
  await resize();
  expect([await list(''), await readEntry('ferry.md')]).toEqual([before, entry]);
});

test('letters and feeds show copies, whose addresses stay as long as the picture', async () => {
  const { put, resize, read, list, listCopies, readEntry, delete: remove } = await createFixture();
  await put(photo, ['ferry.md', '---\ntitle: The ferry\n---\nText. ![The quay](quay.png)\n']);
  const original = 'src="https://news.example/images/quay.png"';
  expect(await read('site', 'digest/daily.html')).toContain(`${original} alt="The quay" width="8"`);
  await resize();
  const copies = await listCopies();
  expect(copies.map((path) => path.replace(/.*\//, ''))).toEqual(['large', 'large-webp', 'small', 'small-webp']);
  const body = '<p><img src="https://news.example/images/quay.png" alt="The quay"></p>';
  expect(renderIssuePictures(body, (await readEntry('ferry.md')) ?? {})).toBe(
    `<p><picture><source type="image/webp" srcset="https://news.example/${copies[1]} 8w" sizes="(min-width: 50rem) 50rem, 100vw">` +
      `<img src="https://news.example/${copies[0]}" alt="The quay" width="8" height="6"></picture></p>`,
  );
  const large = `src="https://news.example/${copies[0]}" alt="The quay" width="8"`;
  expect(await read('site', 'digest/daily.html')).toContain(large);
  const feed = JSON.parse((await read('site', 'feed.json')) ?? '');
  expect(feed.items[0].content_html).toContain(`${large} height="6"`);
  expect(feed.items[0].image).toBe(`https://news.example/${copies[0]}`);
  const before = (await list('')).length;
  await put(otherPhoto);
  await resize();
  expect([await listCopies(), (await list('')).length]).toEqual([copies, before]);
  expect(await read('site', copies[0] ?? '')).not.toBeUndefined();
  await put(['ferry.md', '---\ntitle: The ferry\n---\nWithout it.\n']);
  expect(await listCopies()).toEqual(copies);
  await remove('quay.png');
  expect(await list('pictures/')).toEqual([]);
});

test.each([
  ['of which no copies are made', sampleImages['animated.png'], '![The quay](quay.png)'],
  ['that no article shows', otherPhoto[1], 'Without it.'],
])('copies do not show the former picture after another has come %s', async (_, other, text) => {
  const { put, resize, list } = await createFixture();
  await put(photo, article());
  await resize();
  await put(article(text));
  await put(['quay.png', other]);
  await resize();
  expect(await list('pictures/')).toEqual([]);
});

test('neither page nor feed nor letter shows a picture that is not there, was refused, or turned out to be damaged', async () => {
  const { put, resize, read, delete: remove } = await createFixture();
  const readAll = async () => {
    const paths = ['articles/the-ferry', 'feed.json', 'rss.xml', 'atom.xml', 'digest/daily.html', 'index.html'];
    return (await Promise.all(paths.map((path) => read('site', path)))).join();
  };
  const text = '![The quay](quay.jpg) and ![](tide.png)\n\n[Seen larger](quay.jpg) ![](none.webp)';
  const cover = ['ferry.md', `---\ntitle: The ferry\nimage: quay.jpg\n---\n${text}\n`] as const;
  const html = Buffer.from('<!DOCTYPE html><title>Not found</title>');
  await put(['quay.jpg', html], ['tide.png', sampleImages['plain.png'].subarray(0, 60)], cover);
  expect(await readAll()).not.toMatch(/images\/|pictures\//);
  expect(await read('site', 'articles/the-ferry')).toContain('The quay and');
  await put(['quay.jpg', sampleImages['baseline.jpg']]);
  expect(await readAll()).toMatch(/images\/quay\.jpg/);
  const damaged = Uint8Array.from(sampleImages['baseline.jpg']);
  damaged[Buffer.from(damaged).indexOf(Uint8Array.of(0xff, 0xdb)) + 4] = 3;
  await put(['quay.jpg', damaged]);
  await resize();
  expect(await readAll()).not.toMatch(/images\/|pictures\//);
  await put(['quay.jpg', sampleImages['baseline.jpg']]);
  expect(await readAll()).toMatch(/images\/quay\.jpg/);
  await remove('quay.jpg');
  expect(await readAll()).not.toMatch(/images\/|pictures\//);
});

const buildIptc = (fields: Readonly<Record<number, string>>): Buffer => {
  const records = Object.entries(fields).map(([field, text]) => {
    const bytes = Buffer.from(text);
    return Buffer.concat([Buffer.from([0x1c, 2, Number(field), 0, bytes.length]), bytes]);
  });
  const data = Buffer.concat(records);
  return Buffer.concat([
    Buffer.from('Photoshop 3.0\0' + '8BIM'),
    Buffer.from([4, 4, 0, 0, 0, 0, 0, data.length]),
    data,
  ]);
};

test('what the file of a picture says to readers is on page, feed and letter, and in structured data', async () => {
  const { put, read } = await createFixture();
  const iptc = buildIptc({ 120: 'The quay at dawn', 110: 'Ana Reis/Lusa', 116: '© Lusa 2026', 80: 'Not for readers' });
  const jpeg = addJpegSegments(sampleImages['baseline.jpg'], buildJpegSegment(0xed, iptc));
  const cover = ['ferry.md', '---\ntitle: The ferry\nimage: quay.jpg\n---\nText.\n\n![Tide](tide.jpg)\n'] as const;
  const other = addJpegSegments(
    sampleImages['baseline.jpg'],
    buildJpegSegment(0xed, buildIptc({ 120: 'The tide', 110: 'Bo' })),
  );
  await put(['quay.jpg', jpeg], ['tide.jpg', other], cover);
  const page = (await read('site', 'articles/the-ferry')) ?? '';
  expect(page).toContain('<figcaption>The quay at dawn · Ana Reis/Lusa</figcaption>');
  expect(page).toContain('<figcaption>The tide · Bo</figcaption></figure>');
  expect(page).toContain('"caption":"The quay at dawn","creditText":"Ana Reis/Lusa","copyrightNotice":"© Lusa 2026"');
  expect(page).not.toContain('Not for readers');
  const letter = (await read('site', 'digest/daily.html')) ?? '';
  expect(letter).toMatch(/<figcaption class="soft" style="[^"]+">The tide · Bo<\/figcaption>/);
  const rss = (await read('site', 'rss.xml')) ?? '';
  expect(rss).toContain('<figcaption>The quay at dawn · Ana Reis/Lusa</figcaption></figure>');
  expect(rss).toContain('<figcaption>The tide · Bo</figcaption>');
  expect(rss).toContain('<media:description>The quay at dawn</media:description>');
  expect(rss).toContain('<media:credit>Ana Reis/Lusa</media:credit><media:copyright>© Lusa 2026</media:copyright>');
});

test.each(['OLYMPUS DIGITAL CAMERA', 'DCIM', 'IMG_2044.JPG', 'Created with GIMP'])('%s is no caption', async (text) => {
  const { put, readEntry } = await createFixture();
  const jpeg = addJpegSegments(sampleImages['baseline.jpg'], buildJpegSegment(0xed, buildIptc({ 120: text })));
  await put(['quay.jpg', jpeg], article('![](quay.jpg)'));
  expect((await readEntry('ferry.md'))?.pictures).toEqual([{ path: '/images/quay.jpg', width: 8, height: 6 }]);
});

test('of fifty photographs with a position, what is published has none, and keeps its copyright notice and how it is turned', async () => {
  const { put, list, services } = await createFixture();
  const located = Array.from({ length: 50 }, (_, index) => {
    const key = `quay-${index}.jpg`;
    const exif = Buffer.concat([Buffer.from('Exif\0\0'), buildExif(1 + (index % 8), index % 2 === 0 ? 'II' : 'MM')]);
    const xmp = `http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude="${index},1N" exif:GPSLongitude="8,2W"/>`;
    const iptc = buildJpegSegment(0xed, buildIptc({ 116: `© Ana ${index}` }));
    const segments = [buildJpegSegment(0xe1, exif), buildJpegSegment(0xe1, xmp), iptc];
    return [key, addJpegSegments(sampleImages['baseline.jpg'], ...segments)] as const;
  });
  await put(...located);
  expect((await list('images/')).length).toBe(50);
  for (const [index, [key, original]] of located.entries()) {
    const published = (await services.buckets.site.get(`images/${key}`))?.bytes ?? new Uint8Array();
    const text = Buffer.from(published).toString('latin1');
    // Tag 0x8825 leads to the position.
    expect(['GPS', '\x88\x25\0\x04', '\x25\x88\x04\0'].filter((mark) => text.includes(mark))).toEqual([]);
    expect(readPictureCredits(key, published)).toEqual({ copyright: `© Ana ${index}` });
    const [before, after] = [original, published].map((bytes) => inspectImage(key, bytes));
    expect(after).toEqual(before);
  }
});

test('a copyright notice stays in a PNG', async () => {
  const { put, services } = await createFixture();
  const text = Buffer.from('XML:com.adobe.xmp\0\0\0\0\0<x dc:rights="© Ana"/>');
  await put(['quay.png', addPngChunks(sampleImages['plain.png'], buildPngChunk('iTXt', text))]);
  const published = (await services.buckets.site.get('images/quay.png'))?.bytes ?? new Uint8Array();
  expect(readPictureCredits('quay.png', published)).toEqual({ copyright: '© Ana' });
  expect(await codecs.decode('image/png', published)).toMatchObject({ width: 8, height: 6 });
});

test('a copyright notice stays in a WebP, and in a PNG that is turned', async () => {
  const { put, services } = await createFixture();
  const xmp = Buffer.from('<x dc:rights="© Ana &amp; Bo &lt;3"/>');
  const turned = buildPngChunk('eXIf', buildExif(6, 'MM'));
  const text = buildPngChunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0\0\0\0'), xmp]));
  const uploads = [
    ['alpha.webp', 'image/webp', addWebpChunks(sampleImages['alpha.webp'], buildWebpChunk('XMP ', xmp))],
    ['animated.webp', 'image/webp', addWebpChunks(sampleImages['animated.webp'], buildWebpChunk('XMP ', xmp))],
    ['lossy.webp', 'image/webp', addWebpChunks(sampleImages['lossy.webp'], buildWebpChunk('XMP ', xmp))],
    ['turned.png', 'image/png', addPngChunks(sampleImages['plain.png'], turned, text)],
  ] as const;
  for (const [key, type, original] of uploads) {
    await put([key, original]);
    const published = (await services.buckets.site.get(`images/${key}`))?.bytes ?? new Uint8Array();
    expect(readPictureCredits(key, published), key).toEqual({ copyright: '© Ana & Bo <3' });
    expect(inspectImage(key, published), key).toEqual(inspectImage(key, original));
    if (key !== 'animated.webp')
      expect(await codecs.decode(type, published)).toEqual(await codecs.decode(type, original));
  }
});

test('a letter has the picture of an article above its text, unless the text shows it', async () => {
  const { put, read } = await createFixture();
  const write = (text: string) => ['ferry.md', `---\ntitle: The ferry\nimage: quay.png\n---\n${text}\n`] as const;
  const listSources = async () =>
    Array.from(((await read('site', 'digest/daily.html')) ?? '').matchAll(/<img src="([^"]*)"/g), ([, src = '']) =>
      src.replace(/.*\//, ''),
    );
  await put(photo, ['tide.png', otherPhoto[1]], write('Text. ![The tide](tide.png)'));
  expect(await listSources()).toEqual(['quay.png', 'tide.png']);
  await put(write('Text. ![The tide](tide.png) ![The quay](quay.png)'));
  expect(await listSources()).toEqual(['tide.png', 'quay.png']);
});
