import { expect, test } from 'vitest';
import { findImageType, toSeedKind } from '../../functions/core/seed-kind.ts';

test.each([
  ['seed', ['a.txt', 'a.text', '2024/Ä b+c.MD', 'a.markdown', 'a.html', 'a.htm', 'a.b.txt', '-.txt']],
  ['image', ['a.jpg', 'b/a.JPEG', 'a.png', 'a.gif', 'a.webp', 'a.avif']],
  [
    'ignored',
    [
      'folder/',
      '.DS_Store',
      'a/.git/config.txt',
      'Thumbs.db',
      'a.txt~',
      '.a.txt.swp',
      'a.swp',
      'a.tmp',
      'a.txt.part',
      '#a.txt#',
      '~$story.html',
      '__MACOSX/a.txt',
    ],
  ],
  ['file', ['a.pdf', 'b/A.MP3', 'a.m4a', 'a.mp4', 'a.vtt', 'a.csv', 'a.epub']],
  ['unknown', ['a.svg', 'a.docx', 'a.json', 'README', 'a.txt.gz', 'txt', 'a.constructor', 'a.']],
])('%s', (kind, keys) => {
  expect(keys.map((key) => [key, toSeedKind(key)])).toEqual(keys.map((key) => [key, kind]));
});

test('an image has the content type of its extension', () => {
  expect(findImageType('a/b.JPG')).toBe('image/jpeg');
  expect(findImageType('a.avif')).toBe('image/avif');
  expect(findImageType('a.svg')).toBeUndefined();
  expect(findImageType('toString')).toBeUndefined();
});
