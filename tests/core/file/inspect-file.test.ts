import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeedRejected } from '../../../functions/core/article.ts';
import { inspectFile } from '../../../functions/core/file/inspect-file.ts';
import {
  buildId3Tag,
  buildMp3,
  buildMp4,
  buildVariableMp3,
  placeBox,
  sampleCsv,
  sampleEpub,
  samplePdf,
  sampleVtt,
} from './sample-files.ts';

/** What is found out about a file, and how many ranges of it were read. */
const inspect = (key: string, bytes: Uint8Array) => {
  const reader = inspectFile(key, bytes.length);
  let reads = 0;
  let readBytes = 0;
  let step = reader.next();
  while (!step.done) {
    const { start, length } = step.value;
    expect(start + length).toBeLessThanOrEqual(bytes.length);
    reads += 1;
    readBytes += length;
    step = reader.next(bytes.subarray(start, start + length));
  }
  return { ...step.value, reads, readBytes };
};

const film = buildMp4({ handlers: ['vide', 'soun'], seconds: 75 });
const sound = buildMp4({ brand: 'M4A ', handlers: ['soun'], seconds: 3600 });

test.each([
  ['a.pdf', samplePdf, { type: 'application/pdf' }],
  ['a.epub', sampleEpub, { type: 'application/epub+zip' }],
  ['a.vtt', sampleVtt, { type: 'text/vtt' }],
  ['a.CSV', sampleCsv, { type: 'text/csv' }],
  ['a.mp4', film, { type: 'video/mp4', seconds: 75 }],
  ['a.mp4', sound, { type: 'audio/mp4', seconds: 3600 }],
  ['a.m4a', sound, { type: 'audio/mp4', seconds: 3600 }],
  ['with chapters.m4a', buildMp4({ handlers: ['soun', 'vide'], seconds: 9 }), { type: 'audio/mp4', seconds: 9 }],
  [
    'index last.mp4',
    buildMp4({ handlers: ['vide'], seconds: 5, isIndexLast: true, mediaBytes: 1_000_000 }),
    { type: 'video/mp4', seconds: 5 },
  ],
  ['a.mp3', buildMp3(1000), { type: 'audio/mpeg', seconds: 26 }],
  ['tagged.mp3', buildMp3(1000, buildId3Tag(5000)), { type: 'audio/mpeg', seconds: 26 }],
  ['variable.mp3', buildVariableMp3(10_000), { type: 'audio/mpeg', seconds: 261 }],
  ['short.mp3', buildMp3(1), { type: 'audio/mpeg', seconds: 1 }],
])('%s has its true type, length and duration', (key, bytes, expected) => {
  expect(inspect(key, bytes)).toMatchObject({ file: { ...expected, bytes: bytes.length }, warnings: [] });
});

test('of a large film, its index and headers alone are read', () => {
  const large = buildMp4({ handlers: ['vide'], seconds: 5, isIndexLast: true, mediaBytes: 30_000_000 });
  const { reads, readBytes } = inspect('a.mp4', large);
  expect(reads).toBeLessThan(5);
  expect(readBytes).toBeLessThan(300_000);
});

test('a film that says where it was taken is told', () => {
  const { file, warnings } = inspect('a.mp4', buildMp4({ handlers: ['vide'], seconds: 5, extra: [placeBox] }));
  expect(file.seconds).toBe(5);
  expect(warnings).toEqual([{ message: expect.stringContaining('where it was recorded') }]);
});

const page = Buffer.from('<!doctype html><script>alert(1)</script>');

describe('a file that is not what its name says is refused:', () => {
  test.each([
    ['a.pdf', page, 'but the file is a web page'],
    ['a.csv', page, 'but the file is a web page'],
    ['a.vtt', page, 'but the file is a web page'],
    ['a.mp3', page, 'but the file is a web page'],
    ['a.mp4', samplePdf, 'but the file is a PDF document'],
    ['a.pdf', Buffer.concat([page, samplePdf]), 'but the file is a web page'],
    ['a.epub', Buffer.from('PK\u0003\u0004 and more'), 'but the file is a ZIP archive'],
    ['a.mp3', Buffer.alloc(50_000, 0xff), 'is no .mp3 file'],
    ['a.m4a', buildMp4({ handlers: ['vide'], seconds: 5 }), 'is no .m4a file'],
    ['a.mp4', buildMp4({ handlers: ['text'], seconds: 5 }), 'is no .mp4 file'],
    ['a.mp4', film.subarray(0, film.length - 10), 'not whole'],
    ['a.mp4', film.subarray(0, 60), 'not whole'],
    ['a.pdf', Buffer.alloc(0), 'The file is empty.'],
  ])('%s (%#)', (key, bytes, reason) => {
    expect(() => inspect(key, bytes)).toThrow(SeedRejected);
    expect(() => inspect(key, bytes)).toThrow(reason);
  });
});

test('any bytes are either a file of the named type or refused, after a few reads', () => {
  const bases = [film, sound, buildMp3(5), buildVariableMp3(5), samplePdf, sampleEpub, sampleVtt, sampleCsv];
  const change = fc.record({ at: fc.nat(2_000), value: fc.nat(255) });
  const names = ['a.pdf', 'a.mp3', 'a.m4a', 'a.mp4', 'a.vtt', 'a.csv', 'a.epub'];
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...bases)),
      fc.array(change, { maxLength: 8 }),
      (name, base, changes) => {
        const bytes = Uint8Array.from(base);
        for (const { at, value } of changes) if (at < bytes.length) bytes[at] = value;
        try {
          const { file, reads } = inspect(name, bytes);
          expect(file.bytes).toBe(bytes.length);
          expect(reads).toBeLessThanOrEqual(64);
        } catch (error) {
          expect(error).toBeInstanceOf(SeedRejected);
        }
      },
    ),
  );
});
