import { expect, test } from 'vitest';
import { requireWellFormed } from '../../../../infra/cli/doctor/require-well-formed.ts';

const feed = (inside: string): string =>
  `<?xml version="1.0"?>\n<rss version="2.0"><channel>\n${inside}\n</channel></rss>`;

test.each([
  ['a feed', '<title>Tide &amp; quay &#8211; &#x2014;</title>'],
  ['markup in CDATA', '<description><![CDATA[<p>Tide & quay&nbsp;<br></p>]]></description>'],
  ['a comment', '<!-- tide & quay -->'],
  ['any script and emoji', '<title>المنارة 🚢</title>'],
])('%s is well-formed', (_, inside) => {
  expect(() => requireWellFormed(feed(inside))).not.toThrow();
});

test.each([
  ['an element that is not closed', '<item><title>Tide</title>', /item.*line 4/],
  ['a bare ampersand', '<title>Tide & quay</title>', /&/],
  ['an entity of HTML', '<title>Tide&nbsp;table</title>', 'the entity &nbsp; is not declared'],
  ['a control character', '<title>Tide\u0007</title>', 'a character that XML forbids (line 3)'],
  ['half a surrogate pair', '<title>Tide\ud83d</title>', 'a character that XML forbids (line 3)'],
])('%s is told with its place', (_, inside, says) => {
  expect(() => requireWellFormed(feed(inside))).toThrow(says);
});

test('a feed that breaks off is told', () => {
  expect(() => requireWellFormed(feed('<item/>').slice(0, -8))).toThrow();
});
