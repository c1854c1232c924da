import { expect, test } from 'vitest';
import { findLede, toPlainText } from '../../../../functions/core/article/body/plain-text.ts';

const body = `<h2>The port</h2>
<p>It <a href="https://a.example/">reopened</a> on<br />Monday.</p><figure><img src="https://a.example/x.png" alt="A boat" /><figcaption>At dawn</figcaption></figure>
<ul><li>one</li><li>two</li></ul><ol><li>first</li></ol>
<blockquote><p>Quiet.</p><p>Very.</p></blockquote><div>a</div><div>b</div>
<table><caption>Landed</caption><thead><tr><th>Boat</th><th>Crates</th></tr></thead><tbody><tr><td>Alba</td><td>12</td></tr></tbody></table>
<pre>  x
    y</pre>`;

test('a body as plain text', () => {
  expect(toPlainText(body)).toBe(
    [
      'The port',
      'It reopened on\nMonday.',
      '- one\n- two',
      ' 1. first',
      '> Quiet.\n>\n> Very.',
      'a',
      'b',
      'Landed',
      'Boat | Crates\nAlba | 12',
      '  x\n    y',
    ].join('\n\n'),
  );
});

test('the lede is the first paragraph with words, not a heading or a picture', () => {
  expect(findLede(`<h2>H</h2><p><img src="https://a.example/x.png" alt="" /></p>${body}`)).toBe(
    'It reopened on\nMonday.',
  );
  expect(findLede('<ul><li>only a list</li></ul>')).toBe('- only a list');
});
