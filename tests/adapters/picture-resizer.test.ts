import { createRequire } from 'node:module';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { createPictureResizer } from '../../functions/adapters/picture-resizer.ts';
import { codecFiles, fontFiles } from '../../functions/platform/contract.ts';
import { sampleImages } from '../core/image/sample-images.ts';

const { resolve } = createRequire(import.meta.url);

test('threads make the sizes of a picture, refuse one, and draw a card', async () => {
  const { resize, drawCard } = createPictureResizer({
    entry: new URL('../../functions/adapters/picture-worker.ts', import.meta.url),
    codecs: Object.fromEntries(Object.entries(codecFiles).map(([file, path]) => [file, resolve(path)])),
    fonts: Object.values(fontFiles).map((path) => resolve(path)),
  });
  const [sizes, refused, card] = await Promise.all([
    resize('quay.png', sampleImages['plain.png']),
    resize('quay.png', sampleImages['plain.png'].slice(0, 60)),
    drawCard({ title: 'Ferry', letter: 'F', colors: { paper: '#ffffff', ink: '#000000', accent: '#8a2420' } }),
  ]);
  expect(sizes).toMatchObject({ type: 'png', files: [{ name: '8.webp' }, { name: '8.png' }] });
  expect(refused).toMatchObject({ rejection: { reason: expect.stringContaining('cut off') } });
  expect(PNG.sync.read(Buffer.from(card))).toMatchObject({ width: 1200, height: 630 });
});
