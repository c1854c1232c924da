import { describe, expect, test } from 'vitest';
import { measureCpuMs } from '../../../measure-cpu-ms.ts';
import { parseTestSeed } from '../parse-test-seed.ts';

const read = (text: string) => parseTestSeed('note.md', `---\ntitle: A note\n---\n\n${text}\n`, { language: 'en' });
const render = (text: string): string => read(text).html.replace(/\n/g, '');
const video = (title = ''): string =>
  `<p><a href="https://www.youtube.com/watch?v=a1b2c3d4e5f" rel="noopener">Video on YouTube${title}</a></p>`;

describe('marks of tools are shown as the tools show them', () => {
  test.each([
    [
      'WordPress, a caption',
      '[caption id="a_6" width="300"]<img src="https://a.example/q.jpg" alt="Quay" /> The *quay*[/caption]',
      '<figure><img src="https://a.example/q.jpg" alt="Quay" /><figcaption>The <em>quay</em></figcaption></figure>',
    ],
    ['WordPress, an embedded film', '[embed width="9"]https://www.youtube.com/watch?v=a1b2c3d4e5f[/embed]', video()],
    ['WordPress, a film by its address', '[youtube=https://www.youtube.com/watch?v=a1b2c3d4e5f&w=640]', video()],
    ['WordPress, a film by its id', '[youtube id="a1b2c3d4e5f" title="Tide"]', video(': Tide')],
    [
      'WordPress, a film of its own',
      '[video width="640" mp4="https://a.example/tide.mp4"][/video]',
      '<p><a href="https://a.example/tide.mp4" rel="noopener">Video: tide.mp4</a></p>',
    ],
    [
      'WordPress, a sound',
      '[audio src="https://a.example/horn.mp3"]',
      '<p><a href="https://a.example/horn.mp3" rel="noopener">Audio: horn.mp3</a></p>',
    ],
    ['WordPress, code', '[sourcecode language="js"]\na [b]\n[/sourcecode]', '<pre><code>a [b]</code></pre>'],
    [
      'WordPress, a button',
      '[button link="https://a.example/" color="red"]Buy[/button]',
      '<p><a href="https://a.example/" rel="noopener">Buy</a></p>',
    ],
    ['WordPress, columns', '[vc_row][vc_column width="1/2"]Words[/vc_column][/vc_row]', '<p>Words</p>'],
    ['pandoc, lowered and raised', 'H~2~O, x^2^, Ca^2+^', '<p>H<sub>2</sub>O, x<sup>2</sup>, Ca<sup>2+</sup></p>'],
    ['pandoc, a span', 'A [*b* c]{.x}, [d]{.mark}.', '<p>A <em>b</em> c, <mark>d</mark>.</p>'],
    ['pandoc, a reference', 'As shown [see @smith2020, p. 3; -@doe].', '<p>As shown.</p>'],
    [
      'pandoc, examples',
      '(@)  One\n(@b)  Two\n\nAs (@b) shows.',
      '<ol><li>One</li><li>Two</li></ol><p>As (2) shows.</p>',
    ],
    ['pandoc, HTML', '`<b>a</b>`{=html}', '<p><b>a</b></p>'],
    ['pandoc, a block of HTML', '```{=html}\n<b>a</b>\n```', '<p><b>a</b></p>'],
    ['insertions', 'C++ and ++added++.', '<p>C++ and <ins>added</ins>.</p>'],
    ['Logseq, a film', '{{video https://youtu.be/a1b2c3d4e5f}}', video()],
    ['Logseq, a note', '{{embed [[Quay]]}}', '<p><a href="https://news.example/.seeds/name/Quay">Quay</a></p>'],
    ['Zenn, a film', '@[youtube](a1b2c3d4e5f)', video()],
    ['Hashnode, a film', '%[https://youtu.be/a1b2c3d4e5f]', video()],
    [
      'GitBook, a file',
      '{% file src="tides.pdf" %}',
      '<p><a href="https://news.example/.seeds/path/tides.pdf">tides.pdf</a></p>',
    ],
    ['Jekyll, raw', '{% raw %}{% include a.html %}{% endraw %}', '<p>{% include a.html %}</p>'],
  ])('%s', (_, text, html) => {
    expect(render(text)).toBe(html);
  });

  const head = '<thead><tr><th>Name</th><th align="right">Fare</th></tr></thead>';
  const body =
    '<tbody><tr><td>Gull</td><td align="right">12</td></tr><tr><td>Tern</td><td align="right">8</td></tr></tbody>';
  test.each([
    [
      'a simple one',
      'Name     Fare\n------  -----\nGull       12\nTern        8\n\nText.',
      `<table>${head}${body}</table><p>Text.</p>`,
    ],
    [
      'one without a header, with a caption',
      '-----  ----\nGull     12\nTern      8\n-----  ----\n\nTable: All fares\n\nText.',
      `<table>${body}</table><p>All fares</p><p>Text.</p>`,
    ],
    [
      'one of several lines',
      '----------------\nName      Fare\n-------  -------\nGull,        12\nold\n\nTern          8\n----------------',
      `<table><thead><tr><th>Name</th><th>Fare</th></tr></thead><tbody><tr><td>Gull, old</td><td>12</td></tr><tr><td>Tern</td><td>8</td></tr></tbody></table>`,
    ],
    [
      'a grid',
      '+------+-----+\n| Name | Fare|\n+======+====:+\n| Gull | 12  |\n+------+-----+\n| Tern | 8   |\n+------+-----+',
      `<table>${head}${body}</table>`,
    ],
  ])('a table of pandoc: %s', (_, text, html) => {
    expect(render(text)).toBe(html);
  });
});

describe('marks that say nothing to readers are cut, and listed', () => {
  test.each([
    ['[gallery ids="729,732"]', 'shortcode of WordPress'],
    ['[gallery]', 'shortcode of WordPress'],
    ['[contact-form-7 id="123" title="Form"]', 'shortcode of WordPress'],
    ['[mailpoet_form id="1"]', 'shortcode of WordPress'],
    ['{% include toc.html %}', 'tag of another tool'],
    ['{% assign x = 1 %}', 'tag of another tool'],
    ['{% seo %}', 'tag of another tool'],
    ['{::options parse_block_html="true" /}', 'mark of kramdown'],
    ['*[HTML]: Hypertext', 'abbreviation'],
    ['{{renderer :todo}}', 'mark of a note program'],
    ['{{query (todo now)}}', 'mark of a note program'],
    ['((64a5d1f2-1234-4234-8234-123456789abc))', 'mark of a note program'],
    ['^block-id', 'mark of a note program'],
    ['```{=latex}\n\\vfill\n```', 'code for latex'],
  ])('%s', (text, reason) => {
    const { html, cut } = read(`Before.\n\n${text}\n\nAfter.`);
    expect(html.replace(/\n+/g, '\n')).toBe('<p>Before.</p>\n<p>After.</p>');
    expect(cut.map((part) => part.reason)).toEqual([reason]);
  });
});

test.each([
  'He said [sic] so [1], [a, b], [...] [citation needed].',
  'Wait ~5 min~, 2^10, a^b and x^2+y^2=z^2 ~5/~6.',
  'Ask [me] or @ada or [@ada](https://a.example/) at C++ and c++.',
  'Press [code] and [gallery] of [video] fame.',
  'Write {% if x %} and {{ name }} here.',
  'An if [x = 1], [n=12], [p < .05, n=12] here, and a list [b] with ((two)) brackets.',
])('%s is text', (text) => {
  expect(read(text).text).toBe(text.replace(/\[(@ada)\]\([^)]*\)/, '$1'));
  expect(read(text).cut).toEqual([]);
});

test('a rule above a heading and a list is no table', () => {
  expect(render('Words\n\n---\n\nMore - words\n\n- one\n- two')).toBe(
    '<p>Words</p><hr /><p>More - words</p><ul><li>one</li><li>two</li></ul>',
  );
  expect(render('Heading words\n-------------\n\nMore.')).toBe('<h2>Heading words</h2><p>More.</p>');
});

test('many marks of any kind are read in moments', () => {
  const kinds = [
    '[a b="c"]x',
    '[caption]',
    '{{video a}}',
    'a~b',
    '[@a',
    '[a]{.b}',
    '++a',
    '{% a %}',
    '+--+\n|a |\n',
    '-- --\na b\n',
  ];
  for (const kind of kinds) expect(measureCpuMs(() => read(kind.repeat(8000)))).toBeLessThan(4000);
});
