import { expect, it } from 'vitest';
import { renderArticleBody } from '../../../functions/core/site/render-article-body.ts';

const prepare = (html: string) => renderArticleBody(html, { table: 'Table', code: 'Code' });
const row = (cells: number) => `<tr>${'<td>1</td>'.repeat(cells)}</tr>`;

it('leaves plain text as it is', () => {
  const html = '<h2>One</h2>\n<p>Two &lt;table&gt; three</p>';
  expect(prepare(html)).toBe(html);
});

it('lets the keyboard scroll a wide table, and does not stop it at a narrow one', () => {
  expect(prepare(`<table>${row(9)}</table>`)).toBe(
    `<div class="scroll" role="group" tabindex="0" aria-label="Table"><table>${row(9)}</table></div>`,
  );
  expect(prepare(`<table>${row(2)}</table>`)).toBe(`<div class="scroll"><table>${row(2)}</table></div>`);
});

it('keeps tables within tables whole', () => {
  const nested = `<table><tr><td><table>${row(1)}</table></td></tr></table>`;
  expect(prepare(nested)).toBe(
    `<div class="scroll"><table><tr><td><div class="scroll"><table>${row(1)}</table></div></td></tr></table></div>`,
  );
});

it('lets the keyboard scroll long lines of code, keeping every character of them', () => {
  const code = `<pre><code>a &lt; b\n  ${'x'.repeat(80)}</code></pre>`;
  expect(prepare(code)).toBe(code.replace('<pre', '<pre role="group" tabindex="0" aria-label="Code"'));
  expect(prepare('<pre><code>short</code></pre>')).toBe('<pre><code>short</code></pre>');
});

it('loads pictures when they come near', () => {
  expect(prepare('<p><img src="https://a.example/a.png" alt="" /></p>')).toBe(
    '<p><img loading="lazy" src="https://a.example/a.png" alt="" /></p>',
  );
});
