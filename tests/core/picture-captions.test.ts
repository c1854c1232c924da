import { describe, expect, test } from 'vitest';
import { addPictureCaptions, formatCaption } from '../../functions/core/picture-captions.ts';

const site = 'https://news.example';
const picture = {
  path: '/images/quay.jpg',
  width: 800,
  height: 600,
  caption: 'The <old> quay',
  credit: 'Ana Reis/Lusa',
  copyright: '© Lusa',
};
const image = `<img src="${site}/images/quay.jpg" alt="">`;
const line = 'The &lt;old&gt; quay · Ana Reis/Lusa';
const add = (html: string, entry: Parameters<typeof addPictureCaptions>[1] = { pictures: [picture] }) =>
  addPictureCaptions(html, entry);

test('a caption is followed by who made the picture, unless it says so', () => {
  expect(formatCaption({ caption: 'The quay', credit: 'Ana Reis', copyright: '© Lusa' })).toBe('The quay · Ana Reis');
  expect(formatCaption({ caption: 'The quay.', copyright: '© Lusa' })).toBe('The quay. © Lusa');
  expect(formatCaption({ caption: 'The quay. Photo: ana reis', credit: 'Ana Reis' })).toBe('The quay. Photo: ana reis');
  expect(formatCaption({ credit: 'Ana Reis' })).toBe('Ana Reis');
  expect(formatCaption({})).toBe('');
});

describe('what the file of a picture says stands below it', () => {
  test.each([
    [`<p>${image}</p>`, `<figure>${image}<figcaption>${line}</figcaption></figure>`],
    [
      `<p><a href="https://x.example/">${image}</a></p>`,
      `<figure><a href="https://x.example/">${image}</a><figcaption>${line}</figcaption></figure>`,
    ],
    [`<figure>${image}</figure>`, `<figure>${image}<figcaption>${line}</figcaption></figure>`],
    [
      `<figure>${image}<figcaption>As its <b>author</b> says.</figcaption></figure>`,
      `<figure>${image}<figcaption>As its <b>author</b> says. Ana Reis/Lusa</figcaption></figure>`,
    ],
  ])('%s', (html, expected) => {
    expect(add(`<p>One</p>${html}<p>Two</p>`)).toBe(`<p>One</p>${expected}<p>Two</p>`);
  });

  test.each([
    ['in a sentence', `<p>Look ${image} here</p>`],
    ['beside another', `<figure>${image}${image}</figure>`],
    ['of another site', '<p><img src="https://x.example/images/none.jpg" alt=""></p>'],
    ['whose caption has the credit', `<figure>${image}<figcaption>Photo: <i>Ana</i> Reis/Lusa</figcaption></figure>`],
  ])('but not below one %s', (_, html) => {
    expect(add(html)).toBe(html);
  });

  test('and what the seed says goes before it', () => {
    const stated = { url: `${site}/images/quay.jpg`, alt: '', caption: 'As stated' };
    expect(add(`<p>${image}</p>`, { image: stated, pictures: [picture] })).toContain('>As stated · Ana Reis/Lusa<');
  });
});
