import { expect, test } from 'vitest';
import {
  replaceHugoShortcodes,
  replaceLiquidTags,
} from '../../../../infra/cli/import/markdown/replace-template-tags.ts';
import { addParagraphs } from '../../../../infra/cli/import/wordpress/add-paragraphs.ts';
import { replaceShortcodes } from '../../../../infra/cli/import/wordpress/replace-shortcodes.ts';

const media = new Map([['7', { url: 'https://old.example/a"b.jpg', alt: 'A & B' }]]);

test.each([
  [
    '[caption width="3"]<img src="a.jpg"> A sack[/caption]',
    '<figure><img src="a.jpg"><figcaption>A sack</figcaption></figure>',
  ],
  [
    '[caption caption="Old"]<img src="a.jpg">[/caption]',
    '<figure><img src="a.jpg"><figcaption>Old</figcaption></figure>',
  ],
  ['[caption]<img src="a.jpg">[/caption]', '<figure><img src="a.jpg"></figure>'],
  ['[gallery ids="7"]', '<figure><img src="https://old.example/a&quot;b.jpg" alt="A &amp; B"></figure>'],
  ['[video mp4="https://old.example/f.mp4"][/video]', '\n\n<p>https://old.example/f.mp4</p>\n\n'],
  ['[youtube https://films.example/1]', '\n\n<p>https://films.example/1</p>\n\n'],
  ['as he wrote [sic] in [1]', 'as he wrote [sic] in [1]'],
])('WordPress: %s', (written, html) => {
  expect(replaceShortcodes(written, media).html).toBe(html);
});

test('WordPress: what a plugin would make of a shortcode is not known: it stays, and is told', () => {
  const { html, remarks } = replaceShortcodes('[map lat="1"] [note]x[/note] [sic]', media);
  expect(html).toBe('[map lat="1"] [note]x[/note] [sic]');
  expect(remarks).toEqual(['an unknown shortcode was kept: [map]', 'an unknown shortcode was kept: [note]']);
});

test.each([
  ['One.\n\nTwo\nlines.', '<p>One.</p>\n<p>Two<br>\nlines.</p>'],
  ['A\r\n\r\nB', '<p>A</p>\n<p>B</p>'],
  ['Text\n<h2>Head</h2>\nText', '<p>Text</p>\n<h2>Head</h2>\n<p>Text</p>'],
  ['<ul>\n<li>a</li>\n</ul>', '<ul>\n<li>a</li>\n</ul>'],
  ['<pre>a\n\nb</pre>', '<pre>a\n\nb</pre>'],
  ['<!-- wp:paragraph -->\n<p>A</p>\n\n<p>B</p>', '<!-- wp:paragraph -->\n<p>A</p>\n\n<p>B</p>'],
])('WordPress parts %j into paragraphs', (content, html) => {
  expect(addParagraphs(content)).toBe(html);
});

test.each([
  [
    '{{< figure src="a.png" alt="A" title="T" link="https://b.example" >}}',
    '<figure><a href="https://b.example"><img src="a.png" alt="A"></a><figcaption>T</figcaption></figure>',
  ],
  ['{{< youtube id="x1" >}}', '<https://www.youtube.com/watch?v=x1>'],
  ['{{< gist ann 12 >}}', '<https://gist.github.com/ann/12>'],
  ['[it]({{< ref "posts/it.md" >}})', '[it](seedpress-page:posts/it.md)'],
  ['{{% tip %}}Keep *this*.{{% /tip %}}', 'Keep *this*.'],
  ['{{</* ref "x" */>}}', '{{< ref "x" >}}'],
])('Hugo: %s', (written, text) => {
  expect(replaceHugoShortcodes(written).text).toBe(text);
});

test.each([
  ['{% highlight js %}\na {{ b }}\n{% endhighlight %}', '\n```js\na {{ b }}\n```\n'],
  ['{% raw %}{{ x }}{% endraw %} {% if y %}z{% endif %}', '{{ x }} z'],
  ['{{ "/a.png" | relative_url }} {{ site.baseurl }}/b.png', '/a.png /b.png'],
  ['[it]({% post_url 2020-01-01-it %})', '[it](seedpress-page:2020-01-01-it)'],
  ['A note.\n{: .note}\nMore', 'A note.\n\nMore'],
  ['{% comment %}no{% endcomment %}yes', 'yes'],
])('Liquid: %s', (written, text) => {
  expect(replaceLiquidTags(written).text).toBe(text);
});
