import { describe, expect, it } from 'vitest';
import { renderEmailBody } from '../../../../functions/core/newsletter/digest/render-email-body.ts';

const page = 'https://news.example/articles/tides';
const write = (html: string, start: 'left' | 'right' = 'left') => renderEmailBody({ html }, page, start);

describe('the body of an article in mail', () => {
  it('carries a style in every element, and no class or id that it needs', () => {
    const { html } = write('<p id="seed-a">One</p><ul><li>Two</li></ul><blockquote><p>Three</p></blockquote>');
    expect(html).toBe(
      '<p style="margin:0 0 16px">One</p>' +
        '<ul style="margin:0 0 16px;padding:0;padding-left:24px"><li style="margin:0 0 6px">Two</li></ul>' +
        '<blockquote style="margin:0 0 16px;padding:0;padding-left:16px;border-left:3px solid #d9d2c4"><p style="margin:0 0 16px">Three</p></blockquote>',
    );
  });

  it('has its headings below the title of the article', () => {
    const { html } = write('<h2>A</h2><h3>B</h3><h6>C</h6>');
    expect(html.match(/<\/?h\d/g)).toEqual(['<h3', '</h3', '<h4', '</h4', '<h6', '</h6']);
  });

  it.each([
    ['1600', '552'],
    ['300', '300'],
    [undefined, '552'],
  ])('shows an image of width %s at most %s pixels wide', (given, width) => {
    const { html } = write(
      `<img src="https://news.example/a.jpg" alt="A"${given ? ` width="${given}" height="900"` : ''} />`,
    );
    expect(html).toContain(` width="${width}"`);
    expect(html).toContain('max-width:100%');
    expect(html).not.toContain('height="');
  });

  it('begins its lists and quotations at the right where the language does', () => {
    const { html } = write('<ul><li>أ</li></ul><table><tr><th>ب</th></tr></table>', 'right');
    expect(html).toContain('padding-right:24px');
    expect(html).toContain('text-align:right');
    expect(html.match(/[a-z-]*left[^;]*/g)).toEqual(['padding-left:12px']);
  });

  it('shows at once what a page shows on demand', () => {
    const { html } = write('<details><summary>More</summary><p>Here</p></details>');
    expect(html).toBe(
      '<div><p style="margin:0 0 8px;font-weight:bold">More</p><p style="margin:0 0 16px">Here</p></div>',
    );
  });

  it('lets a table scroll by itself, also one within another', () => {
    const { html } = write('<table><tr><td><table><tr><td>A</td></tr></table></td></tr></table>');
    expect(html.match(/<div tabindex="0"/g)).toHaveLength(2);
    expect(html.match(/<\/table><\/div>/g)).toHaveLength(2);
  });

  it('sends links within the article to its page, and lists the others once', () => {
    const { html, links } = write(
      '<p><a href="#seed-n1">1</a> <a href="https://a.example/?x=1&amp;y=2" rel="noopener">A <b>b</b></a> <a href="https://a.example/?x=1&amp;y=2">again</a></p>',
    );
    expect(html).toContain(`href="${page}#seed-n1"`);
    expect(links).toEqual([{ text: 'A b', url: 'https://a.example/?x=1&y=2' }]);
  });

  it('holds nothing that acts or loads, even if it was given', () => {
    const { html } = write(
      '<script>1</script><constructor>A</constructor><iframe src="https://x.example"></iframe><p onclick="x()" style="background:url(x)">A</p><a href="javascript:x()">B</a><img src="data:image/png;base64,AA" alt="" />',
    );
    expect(html).toBe(
      'A<p style="margin:0 0 16px">A</p><a style="color:#8a2420">B</a>' +
        '<img alt="" width="552" style="display:block;width:auto;max-width:100%;height:auto" />',
    );
  });
});
