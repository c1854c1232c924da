import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanSourceHtml } from '../../../../infra/cli/import/source/clean-source-html.ts';

const rewrite = (html: string) => cleanSourceHtml(html, 'https://old.example/2020/story/');

test.each([
  ['<p>A<!-- wp:x --></p>', '<p>A</p>'],
  ['<img src="pic.jpg">', '<img src="https://old.example/2020/story/pic.jpg">'],
  ['<img src="//cdn.example/p.jpg">', '<img src="https://cdn.example/p.jpg">'],
  ['<img src="data:image/gif;base64,R0" data-src="/p.jpg">', '<img data-src="/p.jpg" src="https://old.example/p.jpg">'],
  [
    '<a href="#note">1</a> <a href="mailto:a@b.example">b</a>',
    '<a href="#note">1</a> <a href="mailto:a@b.example">b</a>',
  ],
  ['<video><source src="/f.mp4"></video>', '<p><a href="https://old.example/f.mp4">https://old.example/f.mp4</a></p>'],
  ['<p>https://films.example/1</p>', '<p><a href="https://films.example/1">https://films.example/1</a></p>'],
  ['<p>Look: https://films.example/1</p>', '<p>Look: https://films.example/1</p>'],
  ['<form><input></form><p>A</p><style>p{}</style>', '<p>A</p>'],
])('%s is settled', (html, settled) => {
  expect(rewrite(html).html).toBe(settled);
});

test('what is otherwise than it was is told, each once', () => {
  const { remarks } = cleanSourceHtml(
    '<iframe src="https://a.example"></iframe><iframe src="https://b.example"></iframe><script>1</script><a href="/x">x</a><img src="data:image/gif;base64,R0">',
    undefined,
  );
  expect(remarks).toEqual([
    'an embed, video or audio was replaced by a link',
    'a script or form was removed',
    'a relative address may be broken: state the old site with --base',
    'a picture inside the text (data:) was removed',
  ]);
});

test('whatever is in it, nothing that acts is left, and every address is whole', () => {
  const part = fc.constantFrom(
    ...['<p>', '</p>', '<div>', '</div>', 'text', 'https://a.example/', '<img src="x.png">', '<iframe src="/y">'],
    ...['</iframe>', '<a href="../z">', '</a>', '<!--c-->', '<script>', '</script>', '<video src=v>', '</video>'],
    ...['<table>', '<td>', '</table>', '<object data=o>', '</object>', '<form>', '</form>', '<noscript>'],
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const { html } = rewrite(parts.join(''));
      expect(html).not.toMatch(/<(?:script|iframe|video|object|form|noscript|!--)/);
      for (const [, address = ''] of html.matchAll(/(?:src|href)="([^"]*)"/g)) expect(address).toMatch(/^https:\/\//);
    }),
    { numRuns: 500 },
  );
});
