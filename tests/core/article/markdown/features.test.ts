import { describe, expect, test } from 'vitest';
import { parseTestSeed } from '../parse-test-seed.ts';

const read = (text: string, field = '') =>
  parseTestSeed('note.md', `---\ntitle: A note\n${field}\n---\n${text}\n`, { language: 'en' });
const render = (text: string, field?: string) => read(text, field).html;

describe('headings', () => {
  test('have the ids of GitHub, to which a hand-made table of contents leads', () => {
    const html = render(
      '[a](#what-it-costs-2026) [b](#größe) [c](#notes-1) [d](#own) [e](#kram)\n\n' +
        '## What it *costs*, 2026?\n\n## Größe\n\n## Notes\n\n## Notes\n\n## Mine {#own .wide}\n\n## Kram\n{: #kram}\n',
    );
    expect(Array.from(html.matchAll(/<h2 id="([^"]*)">([^<]*)/g), ([, id]) => id)).toEqual([
      'seed-what-it-costs-2026',
      'seed-größe',
      'seed-notes-1',
      'seed-own',
      'seed-kram',
    ]);
  });
});

describe('attributes of kramdown and pandoc are no text', () => {
  test.each([
    ['# Top\n\nText.\n{: .lead #x}\n', '<h2>Top</h2>\n<p>Text.</p>'],
    ['{: .wide}\nText.', '<p>Text.</p>'],
    [
      '![A boat](https://a.example/b.jpg){width=300 .right}',
      '<p><img src="https://a.example/b.jpg" alt="A boat" width="300" /></p>',
    ],
    ['![A boat](https://a.example/b.jpg){width=50%}', '<p><img src="https://a.example/b.jpg" alt="A boat" /></p>'],
    [
      'A [link](https://a.example/){:target="_blank"} and **bold**{:.red}.',
      '<p>A <a href="https://a.example/" rel="noopener">link</a> and <strong>bold</strong>.</p>',
    ],
    [
      '| a |\n|---|\n| 1 |\n{: .table}',
      '<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>',
    ],
    ['* TOC\n{:toc}\n\nText.', '<p>Text.</p>'],
    ['The set {1, 2} and {a}.', '<p>The set {1, 2} and {a}.</p>'],
  ])('%s', (text, html) => {
    expect(render(text)).toBe(html);
  });

  test('nor is a comment of kramdown, which is listed as cut', () => {
    const { html, cut } = read('Before.\n\n{::comment}\nask her first\n{:/comment}\n\nAfter.');
    expect(html).toBe('<p>Before.</p>\n<p>After.</p>');
    expect(cut).toEqual([{ text: '{::comment}\nask her first\n{:/comment}', reason: 'comment' }]);
  });
});

test('a list of tasks has its boxes', () => {
  expect(render('- [x] lift\n- [ ] paint\n\n1. [X] *done*')).toBe(
    '<ul role="list">\n<li>☑ lift</li>\n<li>☐ paint</li>\n</ul>\n<ol>\n<li>☑ <em>done</em></li>\n</ol>',
  );
});

test('columns keep their alignment', () => {
  const html = render('| a | b | c | d |\n|:--|--:|:-:|---|\n| 1 | 2 | 3 | 4 |');
  expect(html.match(/<t[hd](?: [^>]*)?>/g)).toEqual([
    '<th align="left">',
    '<th align="right">',
    '<th align="center">',
    '<th>',
    '<td align="left">',
    '<td align="right">',
    '<td align="center">',
    '<td>',
  ]);
});

describe('a picture', () => {
  test.each([
    [
      '![A](https://a.example/a.jpg "At *noon*")',
      '<figure><img src="https://a.example/a.jpg" alt="A" /><figcaption>At *noon*</figcaption></figure>',
    ],
    [
      '[![A](https://a.example/a.jpg "Noon")](https://a.example/)',
      '<figure><a href="https://a.example/" rel="noopener"><img src="https://a.example/a.jpg" alt="A" /></a><figcaption>Noon</figcaption></figure>',
    ],
    [
      '![A](https://a.example/a.jpg "1")\n![B](https://a.example/b.jpg "2")',
      '<figure><img src="https://a.example/a.jpg" alt="A" /><figcaption>1</figcaption></figure>\n<figure><img src="https://a.example/b.jpg" alt="B" /><figcaption>2</figcaption></figure>',
    ],
    ['![A](https://a.example/a.jpg)', '<p><img src="https://a.example/a.jpg" alt="A" /></p>'],
    [
      '![A|300x200](https://a.example/a.jpg)',
      '<p><img src="https://a.example/a.jpg" alt="A" width="300" height="200" /></p>',
    ],
  ])('%s', (text, html) => {
    expect(render(text)).toBe(html);
  });

  test('within a sentence has no caption; its title is listed as cut', () => {
    const { html, cut } = read('See ![A](https://a.example/a.jpg "Noon") here.');
    expect(html).toBe('<p>See <img src="https://a.example/a.jpg" alt="A" /> here.</p>');
    expect(cut).toEqual([{ text: 'Noon', reason: 'title of a picture' }]);
  });
});

describe('quotation marks', () => {
  test.each([
    ['en', '“Go,” she said. It’s ‘late’.'],
    ['de', '„Go,“ she said. It’s ‚late‘.'],
    ['fr', '« Go, » she said. It’s ‹ late ›.'],
    ['pt-BR', '“Go,” she said. It’s ‘late’.'],
    ['ja', "\"Go,\" she said. It's 'late'."],
  ])('are those of the language: %s', (language, text) => {
    expect(read(`"Go," she said. It's 'late'.`, `lang: ${language}`).text).toBe(text);
  });

  test('stay as typed in code, templates and formulas, and 6" is six inches', () => {
    expect(read('`say "x"` and {% set a = "b" %} and $x = "y"^2$, 6" wide').text).toBe(
      'say "x" and {% set a = "b" %} and $x = "y"^2$, 6" wide',
    );
  });

  test('(c) stays a letter', () => {
    expect(read('(c) The third.').text).toBe('(c) The third.');
  });
});

describe('callouts', () => {
  test.each([
    [
      '> [!warning] Mind *it*\n> Beware.',
      '<blockquote role="note">\n<p><strong>Mind <em>it</em></strong></p><p>Beware.</p>\n</blockquote>',
    ],
    ['> [!NOTE]\n> Text.', '<blockquote role="note">\n<p><strong>Note</strong></p><p>Text.</p>\n</blockquote>'],
    ['> [!faq]- Is it late?\n> Yes.', '<details>\n<summary>Is it late?</summary><p>Yes.</p>\n</details>'],
    [
      '> [!todo]\n> - a',
      '<blockquote role="note">\n<p><strong>Todo</strong></p><ul>\n<li>a</li>\n</ul>\n</blockquote>',
    ],
    ['> [a] is no callout.', '<blockquote>\n<p>[a] is no callout.</p>\n</blockquote>'],
  ])('%s', (text, html) => {
    expect(render(text)).toBe(html);
  });

  test('have their title in the language of the article', () => {
    expect(render('> [!TIP]\n> Text.', 'lang: de')).toContain('<strong>Tipp</strong>');
  });
});

test('what can be folded stays', () => {
  expect(render('<details>\n<summary>More</summary>\n\nSome *text*.\n\n</details>')).toBe(
    '<details>\n<summary>More</summary>\n<p>Some <em>text</em>.</p>\n</details>',
  );
});

describe('Obsidian', () => {
  test.each([
    ['See [[Night ferry]], [[a/b|the story]], [[#The gate]].\n\n## The gate', 'See Night ferry, the story, The gate.'],
    ['It took weeks. ^quote-1', 'It took weeks.'],
    ['A note[[1]](https://a.example/) stays.', 'A note[1] stays.'],
  ])('%s', (text, shown) => {
    expect(read(text).text.split('\n')[0]).toBe(shown);
  });

  test('films and sounds become links with their names', () => {
    expect(read('![[the launch.mp4]]\n\n![[horn.mp3|The horn]]').text).toBe('Video: the launch.mp4\n\nAudio: The horn');
  });
});

describe('shortcodes and tags of other tools', () => {
  test.each([
    ['{{< youtube AbCdEf12345 >}}', 'Video on YouTube'],
    ['{{< youtube id="AbCdEf12345" title="The launch" >}}', 'Video on YouTube: The launch'],
    ['{{< vimeo 76979871 >}}', 'Video on Vimeo'],
    ['{{< x user="gull" id="123456" >}}', 'Post on X'],
    ['{% youtube AbCdEf12345 %}', 'Video on YouTube'],
    ['{% youtube "https://youtu.be/AbCdEf12345" %}', 'Video on YouTube'],
    ['{% include video id="AbCdEf12345" provider="youtube" %}', 'Video on YouTube'],
    ["{% include embed/youtube.html id='AbCdEf12345' %}", 'Video on YouTube'],
    ['{% include youtube.html id="AbCdEf12345" %}', 'Video on YouTube'],
    ['{{< audio src="https://a.example/horn.mp3" >}}', 'Audio: horn.mp3'],
    ['https://www.youtube.com/watch?v=AbCdEf12345', 'Video on YouTube'],
    ['![](https://youtu.be/AbCdEf12345)', 'Video on YouTube'],
    ['{{</* youtube AbCdEf12345 */>}}', '{{< youtube AbCdEf12345 >}}'],
    ['`{{< youtube AbCdEf12345 >}}`', '{{< youtube AbCdEf12345 >}}'],
  ])('%s', (text, shown) => {
    expect(read(text).text).toBe(shown);
  });

  test('a figure has its caption', () => {
    expect(render('{{< figure src="https://a.example/a.jpg" alt="A" caption="At noon" >}}')).toBe(
      '<figure><img src="https://a.example/a.jpg" alt="A" /><figcaption>At noon</figcaption></figure>',
    );
  });

  test('others are listed as cut, and what they enclose stays', () => {
    const { text, cut } = read('{{< notice tip >}}\nMind the *gap*.\n{{< /notice >}}\n\nWrite {% if x %}.');
    expect(text).toBe('Mind the gap.\n\nWrite {% if x %}.');
    expect(cut.map((each) => each.text)).toEqual(['{{< notice tip >}}', '{{< /notice >}}']);
  });

  test('marks of mail tools stay as typed', () => {
    const text = '{{unsubscribe}} {{#if x}}yes{{/if}} *|UNSUB|* %recipient.name% {% if %} <%= name %> $' + '{name}';
    expect(read(text).text).toBe(text);
  });
});

describe('formulas stay as typed', () => {
  test.each([
    ['$h = a_1 \\cos(\\omega_1 t) \\\\ b_2$ metres', '$h = a_1 \\cos(\\omega_1 t) \\\\ b_2$ metres'],
    ['$$\n\\{a\\}\n= b\n- c * d *\n$$', '$$ \\{a\\} = b - c * d * $$'],
    ['\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}', '\\begin{align} a &= b \\\\ c &= d \\end{align}'],
    ['from $5 to *about* $7', 'from $5 to about $7'],
  ])('%s', (text, shown) => {
    expect(read(text).text).toBe(shown);
  });
});

test('references to notes are in the text and not in the summary', () => {
  const { summary, text } = read('One claim.[^1] Another.^[Short.] The first again.[^1]\n\n[^1]: The source.');
  expect(summary).toBe('One claim. Another. The first again.');
  expect(text.split('\n')[0]).toBe('One claim.[1] Another.[2] The first again.[1]');
});

describe('Chinese and Japanese text that is wrapped by hand has no blanks', () => {
  test.each([
    ['新的起重机\n将在下周到达码头，\n工人们', '<p>新的起重机将在下周到达码头，工人们</p>'],
    ['港の**新しい**\nクレーンが\n*来週*到着', '<p>港の<strong>新しい</strong>クレーンが<em>来週</em>到着</p>'],
    [
      '- 新的起重机\n  将在下周\n\n> 新的起重机\n> 将在下周',
      '<ul>\n<li>新的起重机将在下周</li>\n</ul>\n<blockquote>\n<p>新的起重机将在下周</p>\n</blockquote>',
    ],
    ['使用 JavaScript\n的人\n\n新的\n\n起重机', '<p>使用 JavaScript\n的人</p>\n<p>新的</p>\n<p>起重机</p>'],
    ['한국어는\n띄어 쓴다', '<p>한국어는\n띄어 쓴다</p>'],
    ['```\n新的\n起重机\n```', '<pre><code>新的\n起重机\n</code></pre>'],
  ])('%s', (text, html) => {
    expect(render(text)).toBe(html);
  });
});

test('marked text', () => {
  expect(render('It took ==three *more* weeks==, a == b == c and ====.')).toBe(
    '<p>It took <mark>three <em>more</em> weeks</mark>, a == b == c and ====.</p>',
  );
});

test('a list of definitions', () => {
  expect(render('Slack\n: The water stands still.\n\nSpring\n: The *highest* tide.')).toBe(
    '<dl>\n<dt>Slack</dt>\n<dd>The water stands still.</dd>\n<dt>Spring</dt>\n<dd>The <em>highest</em> tide.</dd>\n</dl>',
  );
});
