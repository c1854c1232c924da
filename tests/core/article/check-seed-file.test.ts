import { expect, test } from 'vitest';
import { checkSeedFile } from '../../../functions/core/article/check-seed-file.ts';

test.each([
  ['photo.HEIC', /HEIC.*Save it as JPEG: open it in Preview on a Mac.*iPhone/],
  ['scan.tiff', /save it as JPEG or PNG/],
  ['film.mov', /save it as \.mp4/],
  ['interview.wav', /save it as \.mp3 or \.m4a/],
  ['story.adoc', /export it as HTML, or convert it to Markdown/],
  ['story.mdx', /give it the ending \.md/],
  ['letter.eml', /save it as text/],
  ['all.zip', /unpack it/],
])('%s is refused with how to convert it', (key, cure) => {
  expect(checkSeedFile(key, 1000)).toMatch(cure);
});
