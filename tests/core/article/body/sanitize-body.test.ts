import fc from 'fast-check';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { sanitizeBody } from '../../../../functions/core/article/body/sanitize-body.ts';
import { createUrlResolver } from '../../../../functions/core/article/body/url-resolver.ts';

const resolve = createUrlResolver({ key: '2026/harbour.md', site: 'https://news.example' });
const sanitized = (html: string) => sanitizeBody(html, resolve).html;

const tags =
  'p div h1 h2 h3 h6 ul ol li dl dt dd table tr td th tbody caption a b i span sup pre code blockquote figure figcaption img br hr script style svg iframe form input textarea title template math xmp noscript ruby rt details summary section font picture source select option button bdo center menu body html head frameset plaintext'.split(
    ' ',
  );
const attributes = [
  '',
  ' id="x"',
  ' id=seed-x',
  ' href="#x"',
  ' href="#gone"',
  ' href="https://a.example/?a=1&b=2"',
  ' href="javascript:alert(1)"',
  ' href=" java&#10;script:alert(1)"',
  ' src="a.png" alt=\'"><script>\'',
  ' src="data:image/png;base64,AA"',
  ' src=https://a.example/p.gif width=1',
  ' onclick="x()"',
  ' style="color:red" class=y',
  ' lang=pt-BR dir=rtl',
  ' lang="<"',
  ' reversed start=3',
  ' colspan=2 rowspan=x',
];
const markup = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom(...tags), fc.constantFrom(...attributes)).map(([tag, rest]) => `<${tag}${rest}>`),
      fc.constantFrom(...tags).map((tag) => `</${tag}>`),
      fc.constantFrom(
        'a',
        ' ',
        '\n',
        '&lt;b&gt;',
        '&amp;',
        '&#0;',
        '&#1;',
        '&#x202e;',
        '\u0338',
        ']]>',
        '<!--',
        '-->',
        '<![CDATA[',
        '<',
        '>',
        '"',
        '&',
        '\ud800',
        '&nbsp;',
        '<?php ?>',
        '\u0000',
      ),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

describe('sanitizeBody', () => {
  test('is well-formed XML for any markup', () => {
    fc.assert(
      fc.property(markup, (html) => {
        const body = sanitized(html);
        expect(XMLValidator.validate(`<body>${body}</body>`)).toBe(true);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may come out
        expect(body).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff](?![\udc00-\udfff])/u);
      }),
      { numRuns: 2000 },
    );
  });

  test('changes nothing the second time', () => {
    fc.assert(
      fc.property(markup, (html) => {
        const once = sanitized(html);
        expect(sanitized(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['a heading that turns out to be empty', '<h3><bdo><h6><ins>'],
    ['a heading within one, once a wrapper is gone', '<h3><label><h6><hr>'],
    ['an annotation within one, once a link is gone', '<rt><a href="#x"><rt>'],
    ['an annotation within one, once an id is gone', '<rp><span id=x><rp>'],
  ])('changes nothing the second time: %s', (_, html) => {
    const once = sanitized(html);
    expect(sanitized(once)).toBe(once);
  });

  test('changes nothing the second time, whatever a few kinds of elements nest in each other', () => {
    const parts = fc.shuffledSubarray(tags, { minLength: 2, maxLength: 7 }).chain((chosen) =>
      fc.array(
        fc
          .tuple(fc.constantFrom(...chosen), fc.constantFrom('', ' id="x"', ' href="#x"', '/'))
          .map(([tag, rest]) => (rest === '/' ? `</${tag}>` : `<${tag}${rest}>`)),
        { maxLength: 14 },
      ),
    );
    fc.assert(
      fc.property(parts, (written) => {
        const once = sanitized(written.join(''));
        expect(sanitized(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  test('lets nothing through that runs, submits or loads unseen', () => {
    fc.assert(
      fc.property(markup, (html) => {
        const body = sanitized(html);
        expect(body).not.toMatch(
          /<(?:script|style|svg|iframe|form|input|textarea|object|math|template|xmp|body|html)\b/,
        );
        expect(body).not.toMatch(/<[^>]*\s(?:on\w+|style|class|srcset)=/);
        expect(body).not.toMatch(/<[^<>]*\s(?:href|src)="(?!https?:|mailto:|#seed-)/);
        for (const [image] of body.matchAll(/<img[^>]*>/g)) expect(image).toMatch(/ src="[^"]+" alt="/);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['headings start at h2 and leave no level out', '<h1>A</h1><h4>B</h4><h2>C</h2>', '<h2>A</h2><h3>B</h3><h3>C</h3>'],
    ['an unclosed list', '<ul><li>a<li>b</ul>', '<ul><li>a</li><li>b</li></ul>'],
    ['what is empty goes', '<p> </p><div><p><b></b><br></p></div><p>x</p>', '<p>x</p>'],
    ['the content of script and style goes', 'a<script>1<2</script><style>b{}</style>c', 'ac'],
    ['a form leaves its words', '<form><p>x</p><input><button>Send</button></form>', '<p>x</p>'],
    ['a section is a div', '<section><p>x</p></section>', '<div><p>x</p></div>'],
    [
      'a link elsewhere and one on the site',
      '<a href="https://a.example/x">a</a> <a href="/subscribe" target=_blank>b</a>',
      '<a href="https://a.example/x" rel="noopener">a</a> <a href="https://news.example/subscribe">b</a>',
    ],
    ['a link that may not be followed', '<a href="javascript:x">a</a>', 'a'],
    [
      'an image beside the seed',
      '<img src="a b.png" srcset="x 2x" width="300">',
      '<img src="https://news.example/images/2026/a%20b.png" alt="" width="300" />',
    ],
    ['a counting pixel', '<p>x<img src="https://a.example/p.gif" width="1" height="1"></p>', '<p>x</p>'],
    [
      'language and direction',
      '<span lang="he" dir="rtl">שלום</span><span class=x>y</span>',
      '<span lang="he" dir="rtl">שלום</span>y',
    ],
    ['a block in a paragraph', '<p>a<div>b</div>', '<p>a</p><div>b</div>'],
    [
      'a note and the way back',
      '<p>a<a id="r1" href="#n1">1</a></p><p id="n1">note <a href="#r1">up</a> <a href="#nowhere">x</a></p><p id="unused">z</p>',
      '<p>a<a id="seed-r1" href="#seed-n1">1</a></p><p id="seed-n1">note <a href="#seed-r1">up</a> x</p><p>z</p>',
    ],
    ['line ends in code', '<pre>\n\n  a\n\n b</pre>', '<pre>  a\n\n b</pre>'],
    ['characters written as entities', 'a&#1;b&shy;c&#x202e;d&nbsp;e &lt;b&gt; &copy;', 'abcd e &lt;b&gt; ©'],
  ])('%s', (_, html, body) => {
    expect(sanitized(html)).toBe(body);
  });

  test('refuses markup that is nested too deep, with a reason', () => {
    expect(() => sanitized(`${'<div><b>'.repeat(20_000)}x`)).toThrow(/nested more than \d+ elements deep\.$/);
    const deep = sanitized(`${'<div>'.repeat(300)}x`);
    expect(deep).toContain('x');
    expect(sanitized(deep)).toBe(deep);
  });
});
