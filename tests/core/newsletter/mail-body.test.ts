import { expect, it } from 'vitest';
import { parseSeedVersion } from '../../../functions/core/lifecycle/parse-seed-version.ts';
import { renderEmailBody } from '../../../functions/core/newsletter/digest/render-email-body.ts';

const parse = (bytes: string) => {
  const parsed = parseSeedVersion({
    publicationId: 'gazette',
    key: 'tides.html',
    sequencer: '01',
    site: 'https://news.example',
    bytes: Buffer.from(bytes),
    uploadedAt: '2026-11-28T08:00:00.000Z',
    timeZone: 'UTC',
  });
  if (!('body' in parsed)) throw new Error(JSON.stringify(parsed));
  return parsed.body;
};

const wrap = (content: string): string => `<html><title>Tides</title><body><article>${content}</article></body></html>`;
const paragraph = '<p>The pilot reads the staff at the old mole every morning at seven.</p>';
const context = {
  page: 'https://news.example/articles/tides?a&b',
  words: { picture: 'Picture & more', table: 'Table', colon: ':' },
  start: 'left',
} as const;

it('is prepared when a seed is parsed, and completed with what is known only when a mail is made', () => {
  const { mail } = parse(
    wrap(`${paragraph}<p id="a">See <a href="#a">above</a>.</p><img src="https://x.example/a.webp" alt="Tide">`),
  );
  expect(mail?.text).toContain('[Tide]');
  expect(mail?.html).not.toMatch(/news\.example|#[0-9a-f]{6}|Picture/);
  const { html, links } = renderEmailBody(mail ?? { html: '' }, context);
  expect(html).toContain(
    '<a href="https://news.example/articles/tides?a&amp;b#seed-a" style="color:#8a2420">above</a>',
  );
  expect(html).toContain('>Picture &amp; more: Tide</a>');
  expect(links).toEqual([{ url: 'https://x.example/a.webp', text: 'Picture & more: Tide' }]);
});

it('has no open parts but those that are left open for it', () => {
  const { mail } = parse(wrap(`${paragraph}<p title="&#1;page&#1;">&#1;table&#1; &#1;page&#1;</p>`));
  const { html } = renderEmailBody(mail ?? { html: '' }, context);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it marks open parts
  expect(html).not.toMatch(/\u0001|news\.example|Table/);
});

it('is missing where the body is too long for a mail', () => {
  expect(parse(wrap(paragraph.repeat(1500))).mail).toBeUndefined();
});

const site = 'https://news.example';
const describePicture = (width: number, height: number, sizes = true, name = 'quay.jpg') => ({
  path: `/images/${name}`,
  width,
  height,
  ...(sizes && { sizes: { id: 'abc', type: 'jpg' } as const }),
});
const render = (content: string, picture: ReturnType<typeof describePicture>) =>
  renderEmailBody(parse(wrap(`${paragraph}${content}`)).mail ?? { html: '' }, { ...context, pictures: [picture] });
const listImages = (html: string) =>
  Array.from(html.matchAll(/<img src="([^"]*)" alt="[^"]*"(?: width="(\d+)")?/g), ([, src = '', width]) => [
    src.replace(`${site}/`, '').replace(/^pictures\/\w+\//, ''),
    width,
  ]);

it.each([
  ['a photograph', '<img src="quay.jpg" alt="">', describePicture(4000, 3000), 'large', '552'],
  [
    'a photograph whose sizes are not there yet',
    '<img src="quay.jpg">',
    describePicture(4000, 3000, false),
    'images/quay.jpg',
    '552',
  ],
  ['a small picture', '<img src="quay.jpg">', describePicture(300, 200), 'large', '300'],
  ['an icon in its line', '<p>Tide <img src="quay.jpg"> rises</p>', describePicture(24, 24), 'large', '24'],
  ['a wide picture in its line', '<p>Tide <img src="quay.jpg"> rises</p>', describePicture(4000, 3000), 'large', '552'],
  [
    'a picture shown smaller than it is',
    '<img src="quay.jpg" width="200">',
    describePicture(4000, 3000),
    'small',
    '200',
  ],
  [
    'a copy that is named for another width',
    '<img src="quay-300x200.jpg">',
    describePicture(800, 600, true, 'quay-300x200.jpg'),
    'large',
    '552',
  ],
])('shows %s in a copy of at most twice its width, at its own width', (_, content, picture, name, width) => {
  expect(listImages(render(content, picture).html)).toEqual([[name, width]]);
});

it('has no picture in a format that mail programs do not show', () => {
  const picture = describePicture(4000, 3000, true, 'quay.webp');
  const content =
    '<p><img src="quay.webp" alt="Quay &amp; sea"></p><p><a href="https://x.example/"><img src="quay.webp" alt="B"></a></p>';
  expect(listImages(render(content, picture).html)).toEqual([
    ['large', '552'],
    ['large', '552'],
  ]);
  const { html, links } = render(content, describePicture(4000, 3000, false, 'quay.webp'));
  expect(html).toContain('>Picture &amp; more: Quay &amp; sea</a>');
  expect(html).toContain('<span>Picture &amp; more: B</span></a>');
  expect(listImages(html)).toEqual([]);
  expect(links.map(({ url }) => url)).toEqual([`${site}/images/quay.webp`, 'https://x.example/']);
});
