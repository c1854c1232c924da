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
  words: { picture: 'Picture & more', table: 'Table' },
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
