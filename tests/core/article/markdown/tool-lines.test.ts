import { describe, expect, test } from 'vitest';
import { convertDialects } from '../../../../functions/core/article/markdown/convert-dialects.ts';
import { measureCpuMs } from '../../../measure-cpu-ms.ts';
import { parseTestSeed } from '../parse-test-seed.ts';

const read = (text: string, header = '---\ntitle: A note\n---\n') =>
  parseTestSeed('note.md', `${header}${text}\n`, { language: 'en' });
const render = (text: string): string => read(text).html.replace(/\n/g, '');
const note = (title: string, text: string): string =>
  `<blockquote role="note"><p><strong>${title}</strong></p><p>${text}</p></blockquote>`;

describe('what tools write in lines of their own is shown as they show it', () => {
  test.each([
    ['Docusaurus', ':::tip[My tip]\nWords.\n:::', note('My tip', 'Words.')],
    ['VuePress', '::: warning Mind\nWords.\n:::', note('Mind', 'Words.')],
    ['Quarto', '::: {.callout-note title="Mind"}\nWords.\n:::', note('Mind', 'Words.')],
    ['Quarto, with a heading', '::: {.callout-tip}\n## Mind\n\nWords.\n:::', note('Mind', 'Words.')],
    ['MkDocs', '!!! note "Mind"\n\n    Words.', note('Mind', 'Words.')],
    ['MkDocs, folded', '??? tip\n    Words.', '<details><summary>Tip</summary><p>Words.</p></details>'],
    ['MkDocs, in tabs', '=== "Linux"\n\n    Words.', '<p><strong>Linux</strong></p><p>Words.</p>'],
    ['pandoc', '::: {#side .sidebar}\nWords.\n:::', '<p>Words.</p>'],
    [
      'containers within each other',
      '::::info\n:::note\nWords.\n:::\n::::',
      `<blockquote role="note"><p><strong>Info</strong></p>${note('Note', 'Words.')}</blockquote>`,
    ],
    ['a line block', '| Roses are red\n|   Violets', '<p>Roses are red<br />  Violets</p>'],
    ['Jekyll, code', '{% highlight js %}\n  a *b*\n{% endhighlight %}', '<pre><code>  a *b*</code></pre>'],
    ['Hexo, code', '{% codeblock lang:js %}\na *b*\n{% endcodeblock %}', '<pre><code>a *b*</code></pre>'],
    ['Hugo, code', '{{< highlight go >}}\na *b*\n{{< /highlight >}}', '<pre><code>a *b*</code></pre>'],
    ['Jekyll, as typed', '{% raw %}{{ name }}{% endraw %}', '<p>{{ name }}</p>'],
    [
      'iA Writer',
      '/quay at night.png "The quay"',
      '<figure><img src="https://news.example/images/quay%20at%20night.png" alt="The quay" /><figcaption>The quay</figcaption></figure>',
    ],
    ['pandoc, a heading', '## Fares {-}', '<h2>Fares</h2>'],
    ['colons in a block of code', '```\n:::tip\n```\n\n:::', '<pre><code>:::tip</code></pre><p>:::</p>'],
    ['a container that is never closed', ':::tip\n\nWords.', '<p>:::tip</p><p>Words.</p>'],
    ['exclamation marks', 'Wow!\n\n!!! really', '<p>Wow!</p><p>!!! really</p>'],
  ])('%s', (_, text, html) => {
    expect(render(text)).toBe(html);
  });

  test.each([
    ['[TOC]', 'table of contents'],
    ['[[_TOC_]]', 'table of contents'],
    ['{{TOC}}', 'table of contents'],
    ['\\newpage', 'page break'],
    ["import Tabs from '@theme/Tabs';", 'code of the page'],
    ['export const meta = { a: 1 };', 'code of the page'],
    ['collapsed:: true', 'property of a note'],
    [':LOGBOOK:\nCLOCK: [2026-11-20 Fri 10:00]\n:END:', 'property of a note'],
    ['```{r}\n#| echo: false\nplot(cars)\n```', 'code that its tool does not show'],
    ['```{r, echo=FALSE}\nplot(cars)\n```', 'code that its tool does not show'],
    ['```dataview\nLIST\n```', 'query of a note program'],
    ['[//]: # (ask her first)', 'comment'],
    ['[comment]: <> (ask her first)', 'comment'],
    ['[old]: https://a.example/ "Old"', 'link that no text has'],
    ['<Card title="Ferries" href="https://a.example/">\n\n</Card>', 'component of another tool'],
  ])('%s is cut, and listed', (text, reason) => {
    const { html, cut } = read(`Before.\n\n${text}\n\nAfter.`);
    expect(html.replace(/\n+/g, '\n')).toBe('<p>Before.</p>\n<p>After.</p>');
    expect(cut.map((part) => part.reason)).toEqual([reason]);
  });

  test.each([
    [
      '{% asset_img wide quay.png 300 200 "The quay \'at night\'" %}',
      'quay.png" alt="at night" width="300" height="200"',
    ],
    ['{% image "./quay.png", "The quay" %}', 'quay.png" alt="The quay"'],
    ['{% asset_link plan.pdf The plan %}', '/plan.pdf">The plan</a>'],
    ['{% post_link second-part "The second" %}', '/name/second-part">The second</a>'],
    ['{{ youtube(id="a1b2c3d4e5f") }}', 'watch?v=a1b2c3d4e5f'],
    ['<YouTube id="a1b2c3d4e5f" />\n\nAfter.', 'Video on YouTube</a></p>\n<p>After.</p>'],
    ['[b]({filename}/second.md)', '/name/second.md">b</a>'],
    ['![b]({static}/images/quay.png)', 'https://news.example/.seeds/name/images/quay.png'],
    ['[b](@/blog/second.md)', '/name/blog/second.md">b</a>'],
  ])('%s is read', (text, html) => {
    expect(read(text).html).toContain(html);
  });

  test('a tag that encloses a text is cut, the text stays; one that decides stays as typed', () => {
    const { html, cut } = read(
      '{% quote Ada Brandt %}\nQuoted words.\n{% endquote %}\n\n{% if x %}shown{% endif %} and {% note(author="Bo") %}noted{% end %}',
    );
    expect(html.replace(/\s+/g, ' ')).toBe('<p> Quoted words. </p> <p>{% if x %}shown{% endif %} and noted</p>');
    expect(cut.map(({ text }) => text)).toEqual([
      '{% quote Ada Brandt %}',
      '{% endquote %}',
      '{% note(author="Bo") %}',
      '{% end %}',
    ]);
  });

  test('many lines of any kind are read in moments', () => {
    const text = [':::a', '!!! note', '{% highlight a %}', ':LOGBOOK:', '| a', '| a | b |', '=== "a"', '/a.png', '```']
      .map((line) => `${line}\n`.repeat(40_000))
      .join('');
    expect(measureCpuMs(() => convertDialects(text))).toBeLessThan(2000);
    const nested = `${'::: a\n'.repeat(20_000)}Words.\n${':::\n'.repeat(20_000)}`;
    expect(measureCpuMs(() => expect(convertDialects(nested).text).toContain('Words.'))).toBeLessThan(2000);
  });
});

describe('topics and fields of note programs', () => {
  test('hashtags of Bear stand below the headline or in the last line', () => {
    expect(read('# Quay\n#news/harbour# #ferry crossing# #tide\n\nText.', '')).toMatchObject({
      topics: ['news/harbour', 'ferry crossing', 'tide'],
      html: '<p>Text.</p>',
    });
    const last = read('# Quay\n\nText of #one tag.\n\n#news/harbour #tide', '');
    expect(last).toMatchObject({ topics: ['news/harbour', 'tide'], html: '<p>Text of #one tag.</p>', cut: [] });
    const both = read('Text.\n\n#tide', '---\ntitle: Quay\ntags: [ferries]\n---\n');
    expect(both).toMatchObject({ topics: ['ferries'], cut: [{ text: 'tide', reason: 'hashtags at the end' }] });
    expect(read('# Quay\n\nText.\n\n#1', '').html).toContain('#1');
  });

  test('fields of Dataview below the headline are front matter, also those that withhold', () => {
    expect(read('# Quay\n\nauthor:: Ada Brandt\n**date**:: 2026-11-20\n\nText.', '')).toMatchObject({
      authors: ['Ada Brandt'],
      html: '<p>Text.</p>',
    });
    expect(() => read('# Quay\n\nstatus:: draft\n\nText.', '')).toThrow('is a draft');
  });

  test.each(['# {{title}}\n\nText.', '# <% tp.file.title %>\n\nText.'])('%j is a template and no article', (text) => {
    expect(() => read(text, '')).toThrow('This is a template');
  });
});
