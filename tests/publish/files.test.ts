import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, expect, test } from 'vitest';
import { buildMp4, sampleCsv, samplePdf } from '../core/file/sample-files.ts';
import { sampleImages } from '../core/image/sample-images.ts';
import { type PublishFixture, startPublishFixture } from './publish-fixture.ts';

let fixture: PublishFixture;
afterEach(() => fixture.stop());

const film = buildMp4({ handlers: ['vide'], seconds: 75, mediaBytes: 3_000_000 });

const readHeaders = async (key: string) => {
  const { ContentType, ContentDisposition, CacheControl, ContentLength } = await fixture.clients.s3.send(
    new HeadObjectCommand({ Bucket: 'site', Key: key }),
  );
  return { ContentType, ContentDisposition, CacheControl, ContentLength };
};

const readBytes = async (key: string): Promise<Buffer> => {
  const { Body } = await fixture.clients.s3.send(new GetObjectCommand({ Bucket: 'site', Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

test('files beside a seed are published, changed and taken away with it', async () => {
  fixture = await startPublishFixture();
  await fixture.upload('2026/a plan.pdf', samplePdf);
  await fixture.upload('2026/The film.mp4', film);
  await fixture.upload('tide.csv', sampleCsv);
  await fixture.deliverAll();
  const cached = { CacheControl: 'public, max-age=86400, s-maxage=10' };
  expect(await readHeaders('files/2026/a plan.pdf')).toEqual({
    ...cached,
    ContentType: 'application/pdf',
    ContentDisposition: 'inline',
    ContentLength: samplePdf.length,
  });
  expect(await readHeaders('files/2026/The film.mp4')).toMatchObject({ ContentType: 'video/mp4' });
  expect(await readHeaders('files/tide.csv')).toMatchObject({
    ContentType: 'text/csv',
    ContentDisposition: 'attachment',
  });
  expect(await readBytes('files/2026/The film.mp4')).toEqual(film);
  await fixture.upload('tide.csv', 'day,ferries\nTuesday,4\n');
  await fixture.remove('2026/a plan.pdf');
  await fixture.deliverAll();
  expect((await readBytes('files/tide.csv')).toString()).toContain('Tuesday');
  expect((await fixture.list('site')).has('files/2026/a plan.pdf')).toBe(false);
});

test('a file is never read whole', async () => {
  const read: string[] = [];
  fixture = await startPublishFixture({ onRequest: (name) => read.push(name) });
  await fixture.upload('film.mp4', film);
  await fixture.deliverAll();
  expect(read.filter((name) => name === 'GetObjectCommand').length).toBeLessThan(5);
  expect(read).toContain('CopyObjectCommand');
});

test('a file that is not what its name says is refused, and the one before stays', async () => {
  fixture = await startPublishFixture();
  await fixture.upload('plan.pdf', samplePdf);
  await fixture.deliverAll();
  await fixture.upload('plan.pdf', '<!doctype html><script>alert(1)</script>');
  await fixture.deliverAll();
  const report = await fixture.read('internal', 'rejections/plan.pdf.txt');
  expect(report).toContain('Reason: The name ends in .pdf, but the file is a web page.');
  expect(report).toContain('The previous file stays published.');
  expect(await readBytes('files/plan.pdf')).toEqual(samplePdf);
});

test('a file that is too large is refused with the limit of its type', async () => {
  fixture = await startPublishFixture();
  const large = 'a,b\n'.repeat(3 * 1024 * 1024);
  await fixture.upload('tides.csv', large);
  const photograph = Buffer.concat([sampleImages['baseline.jpg'], Buffer.from(large)]);
  await fixture.upload('port.jpg', photograph);
  await fixture.upload('large.jpg', Buffer.concat([photograph, Buffer.from(large + large)]));
  await fixture.deliverAll();
  expect((await fixture.list('site')).has('images/port.jpg')).toBe(true);
  expect(await fixture.read('internal', 'rejections/large.jpg.txt')).toContain(
    'The file has 36.0 MB; at most 30 MB can be published.',
  );
  expect(await fixture.read('internal', 'rejections/tides.csv.txt')).toContain(
    'The file has 12.0 MB; at most 10 MB can be published.',
  );
});

test('a file in a folder of drafts is not published, and one that is moved there leaves the site', async () => {
  fixture = await startPublishFixture();
  await fixture.upload('drafts/plan.pdf', samplePdf);
  await fixture.upload('plan.pdf', samplePdf);
  await fixture.deliverAll();
  expect((await fixture.list('site')).has('files/plan.pdf')).toBe(true);
  await fixture.remove('plan.pdf');
  await fixture.deliverAll();
  expect([...(await fixture.list('site')).keys()].filter((key) => key.startsWith('files/'))).toEqual([]);
  expect(await fixture.read('internal', 'rejections/drafts/plan.pdf.txt')).toBeUndefined();
});

test('a file that is renamed in another form of its letters stays on the site', async () => {
  fixture = await startPublishFixture();
  await fixture.upload('Fa\u0308hre.pdf', samplePdf);
  await fixture.deliverAll();
  await fixture.upload('F\u00e4hre.pdf', samplePdf);
  await fixture.remove('Fa\u0308hre.pdf');
  await fixture.deliverAll();
  expect([...(await fixture.list('site')).keys()].filter((key) => key.startsWith('files/'))).toEqual([
    'files/F\u00e4hre.pdf',
  ]);
});
