import { describe, expect, it } from 'vitest';
import { renderEmailBody } from '../../../../functions/core/newsletter/digest/render-email-body.ts';
import { toMailHtml } from '../../../../functions/core/newsletter/mail-body/prepare-mail-body.ts';

const page = 'https://news.example/articles/tides';
const words = { picture: 'Picture', table: 'A table is in the article', colon: ':' };
const write = (html: string, start: 'left' | 'right' = 'left') =>
  renderEmailBody({ html: toMailHtml(html) }, { page, start, words });

describe('the body of an article in mail', () => {
  it('carries a style in every element, and no class or id that it needs', () => {
    const { html } = write('<p id="seed-a">One</p><ul><li>Two</li></ul><blockquote><p>Three</p></blockquote>');
    expect(html).toBe(
      '<p style="margin:0 0 16px">One</p>' +
        '<ul style="margin:0 0 16px;margin-left:24px;padding:0"><li style="margin:0 0 6px">Two</li></ul>' +
        '<blockquote style="margin:0 0 16px"><table role="presentation" style="width:100%;border-collapse:collapse"><tbody><tr style="vertical-align:top"><td style="padding:0;padding-left:16px;border-left:3px solid #d9d2c4"><p style="margin:0 0 16px">Three</p></td></tr></tbody></table></blockquote>',
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

  it.each([
    ['https://old.example/wp-content/uploads/icon-24x24.png', '24'],
    ['https://old.example/quay-1024x683.jpg?ver=2', '552'],
    ['https://cdn.example/quay.jpg?q=80&w=120&h=90', '120'],
    ['https://cdn.example/quay.jpg?width=300px', '300'],
    ['https://cdn.example/0x10.png', '552'],
    ['https://cdn.example/1920x1080/quay.jpg', '552'],
  ])('has the width that the address of a picture states: %s', (src, width) => {
    const { html } = write(`<p><img src="${src}" alt="A" /></p>`);
    expect(html).toContain(` width="${width}"`);
    expect(html).not.toContain(';width:');
  });

  it('begins its lists and quotations at the right where the language does', () => {
    const { html } = write('<ul><li>أ</li></ul><table><tr><th>ب</th></tr></table>', 'right');
    expect(html).toContain('margin-right:24px');
    expect(html).toContain('text-align:right');
    expect(html.match(/[a-z-]*left[^;]*/g)).toEqual(['padding-left:12px']);
  });

  it('shows at once what a page shows on demand', () => {
    const { html } = write('<details><summary>More</summary><p>Here</p></details>');
    expect(html).toBe(
      '<div><p style="margin:0 0 8px;font-weight:bold">More</p><p style="margin:0 0 16px">Here</p></div>',
    );
  });

  it('keeps a narrow table, with smaller letters where it needs them', () => {
    const row = (cells: string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
    const narrow = write(`<table><tbody>${row(['March', '3.91', '0.44'])}</tbody></table>`).html;
    expect(narrow).toMatch(/<td style="padding:6px 0;[^"]*">March</);
    const many = write(
      `<table><tbody>${row(['Porto', ...Array.from({ length: 14 }, (_, n) => String(n))])}</tbody></table>`,
    );
    expect(many.html).toMatch(/<td style="padding:5px 0;[^"]*font-size:13px">Porto</);
  });

  const headings = ['Harbour', 'Average', 'Highest', 'Lowest', 'Observer', 'Remarks'];
  const values = ['Leixões', 'metres', 'centimetres', 'nothing', 'somebody', 'instruments'];
  const toRow = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  const head = `<thead>${toRow('th', headings)}</thead>`;

  it('makes a list of each row of a wide table, with the headings of the columns and the caption', () => {
    const { html } = write(`<table><caption>Tides</caption>${head}<tbody>${toRow('td', values)}</tbody></table>`);
    expect(html.replace(/<\w+[^>]*>/g, '|').replace(/<[^>]*>/g, '')).toBe(
      `||Tides||||${headings.map((heading, index) => `||${heading}: ${values[index]}`).join('')}`,
    );
    expect(html).not.toContain('<th');
  });

  it.each([
    ['spans cells', `<table>${head}<tbody><tr><td colspan="6">All</td></tr>${toRow('td', values)}</tbody></table>`],
    ['is long', `<table>${head}<tbody>${toRow('td', values).repeat(30)}</tbody></table>`],
  ])('links a wide table that %s', (_, table) => {
    const { html, links } = write(table);
    expect(html).toContain(`<a href="${page}" style="color:#8a2420">${words.table}</a>`);
    expect(html).not.toContain('<table');
    expect(links).toEqual([]);
  });

  it('puts tables for layout one below another', () => {
    const { html } = write('<table><tr><td><table><tr><td>A</td></tr></table></td><td>B</td></tr></table>');
    expect(html).toMatch(/^<div[^>]*><table role="presentation"[\s\S]*A[\s\S]*<\/table><\/div><\/div><div>B<\/div>/);
  });

  it.each([
    ['<p>Wind <img src="https://news.example/a.png" alt="east" width="24" /> rising</p>', '24', 'vertical-align'],
    [
      '<p>Wind <a href="https://b.example/"><img src="https://news.example/a.png" alt="" /></a></p>',
      undefined,
      'vertical-align',
    ],
    ['<p><img src="https://news.example/a.png" alt="east" width="24" /></p>', '24', 'display:block'],
    [
      '<figure><img src="https://news.example/a.png" alt="" /><figcaption>The mole</figcaption></figure>',
      '552',
      'display:block',
    ],
  ])('shows a picture at its own width, in its line: %s', (given, width, style) => {
    const [picture = ''] = /<img[^>]*>/.exec(write(given).html) ?? [];
    expect(/ width="(\d+)"/.exec(picture)?.[1]).toBe(width);
    expect(/[;"]width:(\d+)px/.exec(picture)?.[1]).toBe(width === '552' ? undefined : width);
    expect(picture).toContain(style);
    expect(picture.includes('display:block')).toBe(style === 'display:block');
  });

  it.each([
    ['https://news.example/a.webp', 'Picture: A boat'],
    ['https://news.example/a.AVIF?v=2', 'Picture: A boat'],
    ['https://news.example/logo.svg#dark', 'Picture: A boat'],
    ['https://cdn.example/photo?w=800&amp;fm=webp', 'Picture: A boat'],
  ])('links a picture that Outlook does not show: %s', (src, label) => {
    const { html } = write(`<p><img src="${src}" alt="A boat" /></p>`);
    expect(html).toBe(`<p style="margin:0 0 16px"><a href="${src}" style="color:#8a2420">${label}</a></p>`);
  });

  it('names such a picture in the link that it stands in', () => {
    const { html } = write('<p><a href="https://b.example/"><img src="https://news.example/a.webp" alt="" /></a></p>');
    expect(html).toContain('<a href="https://b.example/" style="color:#8a2420"><span>Picture</span></a>');
  });

  it('leaves a link to a film and its still', () => {
    const film =
      '<figure><a href="https://film.example/1"><img src="https://film.example/1.jpg" alt="" /></a><p><a href="https://film.example/1">Video: Boats</a></p></figure>';
    const { html, links } = write(film);
    expect(html).toContain('>Video: Boats</a>');
    expect(links.map(({ url }) => url)).toEqual(['https://film.example/1']);
  });

  it('pads nothing but cells, as Outlook does', () => {
    const { html } = write(
      '<blockquote><p>A</p></blockquote><pre><code>B</code></pre><ul><li>C</li></ul><ol><li>D</li></ol><table><caption>E</caption><tr><td>F</td></tr></table><dl><dt>G</dt><dd>H</dd></dl>',
    );
    const padded = Array.from(html.matchAll(/<(\w+) [^>]*padding(?:-\w+)?:(?!0[;"])/g), ([, tag]) => tag);
    expect(new Set(padded)).toEqual(new Set(['td']));
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
        '<img alt="" style="vertical-align:middle;max-width:100%;height:auto" />',
    );
  });
});
