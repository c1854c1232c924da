import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { getTextContent } from '../../../functions/core/article/body/tree.ts';
import type { Article } from '../../../functions/core/article.ts';
import { parseTestSeed } from './parse-test-seed.ts';

const read = (key: string, text: string): Article => parseTestSeed(key, text, { language: 'en' });

/** All that a seed comes to: what its readers see, and what its author is told of. */
const listShown = ({ title, summary, html, authors, cut, image }: Article): string =>
  [
    title,
    summary,
    html,
    getTextContent(parseFragment(html)),
    ...authors,
    image?.url,
    ...cut.map(({ text }) => text),
  ].join(' ');

/** Each construct holds one word and, where it has a `$`, an address, and the document numbers them. */
const markdownConstructs = [
  'Some WORD here.',
  '## Section WORD',
  '- item WORD\n- [ ] task WORD',
  '> quoted WORD',
  '> [!note]- WORD\n> folded WORD',
  '| a | b |\n|---|--:|\n| WORD | 2 | WORD |',
  '![WORD](https://a.example/WORD.jpg "titled WORD")',
  'See ![WORD](https://a.example/WORD.jpg "titled WORD") there.',
  '![[WORD.png|named WORD]]',
  '[[WORD|named WORD]]',
  '[WORD](javascript:WORD)',
  'Marked ==WORD==, **WORD**, `WORD`, $x_WORD$.',
  '```\ncode WORD\n```',
  'A claim.[^LABEL]\n\n[^LABEL]: The source WORD.',
  '[^LABEL]: An unused WORD.',
  'Term WORD\n: meaning WORD',
  '<iframe src="https://a.example/WORD" title="Frame WORD"></iframe>',
  '<video poster="https://a.example/WORD.jpg"><source src="https://a.example/WORD.mp4"></video>',
  '<audio src="https://a.example/WORD.mp3">Listen WORD</audio>',
  '<form><button>Press WORD</button><input value="WORD"></form>',
  '<svg><text>drawn WORD</text></svg>',
  '<noscript>noscript WORD</noscript>',
  '<template><p>template WORD</p></template>',
  '<unknown-tag>unknown WORD</unknown-tag>',
  '<img src="data:image/png;base64,AA" alt="inline WORD">',
  '<select><option>WORD</option></select>',
  '<math><mi>WORD</mi></math>',
  '<object data="https://a.example/WORD.pdf">fallback WORD</object>',
  '<details><summary>Summary WORD</summary>\n\nFolded WORD.\n\n</details>',
  '<dl><dt>Term WORD</dt><dd>meaning WORD</dd></dl>',
  '<ruby>WORD<rt>reading WORD</rt></ruby>',
  '<picture><source srcset="https://a.example/a.webp"><img src="https://a.example/WORD.jpg" alt="WORD"></picture>',
  '<blockquote class="twitter-tweet"><p>Post WORD</p><a href="https://twitter.com/a/status/1">WORD</a></blockquote>',
  '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/WORD/"><p>WORD</p></blockquote>',
  '<figure><iframe src="https://www.youtube.com/embed/WORD" title="Film WORD"></iframe><figcaption>caption WORD</figcaption></figure>',
  '<embed src="https://a.example/WORD.swf">',
  '<object data="https://a.example/WORD.swf"><object data="https://a.example/WORD.pdf"><p>fallback WORD</p></object></object>',
  '<video src="https://a.example/WORD.mp4"><track src="https://a.example/WORD.vtt" label="WORD">fallback WORD</video>',
  '<canvas>drawing WORD</canvas>',
  '<dialog>dialog WORD</dialog>',
  '<fieldset><legend>legend WORD</legend><label>label WORD <textarea>WORD</textarea></label></fieldset>',
  '<meter value="1">WORD</meter><progress value="1">WORD</progress><output>WORD</output>',
  '<svg><title>titled WORD</title><desc>described WORD</desc><foreignObject><p>foreign WORD</p></foreignObject></svg>',
  '<math><semantics><mi>WORD</mi><annotation>note WORD</annotation></semantics></math>',
  '<table><caption>caption WORD</caption><tbody><tr><td><table><tbody><tr><td>inner WORD</td></tr></tbody></table></td></tr></tbody></table>',
  '<map name="m"><area href="https://a.example/WORD" alt="area WORD"></map>',
  '<p hidden>hidden WORD</p>',
  '<marquee>WORD</marquee><center>WORD</center><font>WORD</font>',
  '{{< figure src="https://a.example/WORD.jpg" caption="caption WORD" >}}',
  '{{< youtube WORD >}}',
  '{% include youtube.html id="WORD" %}',
  '%% note WORD %%',
  'https://www.youtube.com/watch?v=WORD',
  '{{< notice WORD >}}\nShort WORD.\n{{< /notice >}}',
  '{::comment}\nhidden WORD\n{:/comment}',
  ':::tip[WORD]\n\nTipped WORD.\n\n:::',
  '!!! note "WORD"\n\n    Noted WORD.',
  '::: {#side .wide}\nSide WORD.\n:::',
  '| verse WORD\n|   line WORD',
  '{% highlight js %}\ncode WORD\n{% endhighlight %}',
  '{% quote WORD %}\nquoted WORD\n{% endquote %}',
  '{% asset_img quay.png "titled WORD" %}',
  '{/* hidden WORD */}',
  '{% comment %}hidden WORD{% endcomment %}',
  '[//]: # (hidden WORD)',
  '[LABEL]: https://a.example/WORD "titled WORD"',
  '<TabItem label="WORD">\n\nInner WORD.\n\n</TabItem>',
  '<YouTube id="WORD" />',
  '<Card title="WORD" />',
  '```{r}\n#| echo: false\nWORD\n```',
  '```dataview\nLIST WORD\n```',
  '<!-- to the editor: WORD -->',
  'Said <!-- by WORD --> here.',
  '<!-- wp:paragraph -->\n<p>block WORD</p>\n<!-- /wp:paragraph -->',
];
const htmlConstructs = [
  ...markdownConstructs.filter((construct) => /^<[a-z!]/.test(construct) && !construct.startsWith('<select')),
  '<p>Some WORD here.</p>',
  '<h2>Section WORD</h2>',
  '<ul><li>item WORD</li><li><input type="checkbox"> task WORD</li></ul>',
  '<blockquote><p>quoted WORD</p></blockquote>',
  '<table><tr><td>WORD</td><td>b WORD</td></tr></table>',
  '<figure><img src="https://a.example/WORD.jpg" alt=""><figcaption>caption WORD</figcaption></figure>',
  '<aside>side WORD</aside>',
  '<nav><a href="/">menu WORD</a></nav>',
  '<footer>foot WORD</footer>',
  '<div class="comments"><p>comment WORD</p></div>',
  '<p><a href="javascript:x">link WORD</a></p>',
  '<pre>code WORD</pre>',
  '<div class="related"><img src="https://a.example/WORD.png"><p>related WORD</p></div>',
];

/** Documents of up to five constructs. Each word and note of a batch of them has a number of its own. */
const batchesOf = (constructs: readonly string[], size: number) =>
  fc
    .array(fc.array(fc.constantFrom(...constructs), { minLength: 1, maxLength: 5 }), {
      minLength: size,
      maxLength: size,
    })
    .map((documents) => {
      let count = 0;
      return documents.map((parts, document) =>
        parts.map((part, at) =>
          part
            .replaceAll('LABEL', `n${document}-${at}`)
            .replace(/WORD/g, () => `word${(count++).toString().padStart(4, '0')}z`),
        ),
      );
    });

const expectNothingLost = (parts: readonly string[], article: Article): void => {
  const shown = new Set(listShown(article).match(/word\d+z/g));
  for (const part of parts)
    for (const word of part.match(/word\d+z/g) ?? [])
      if (!shown.has(word)) expect.fail(`${word} is lost of ${part} in ${parts.join('\n')}`);
};

const readMarkdown = (parts: readonly string[]): Article =>
  read('a.md', `# The headline\n\nThe story.\n\n${parts.join('\n\n')}\n`);

const story = '<p>The story is about the harbour, where a crane was set up on Monday in the rain.</p>'.repeat(3);
const readHtml = (parts: readonly string[]): Article =>
  read('a.html', `<title>The headline</title><h1>The headline</h1>${story}${parts.join('\n')}`);

/** Most of the time goes into what each seed costs by itself: 10,000 documents are read, fifty in one seed. */
describe.each([
  ['Markdown', markdownConstructs, readMarkdown],
  ['HTML', htmlConstructs, readHtml],
])('every text and address of a seed in %s is in its article or listed as cut', (_, constructs, readParts) => {
  test.each([
    { size: 1, numRuns: 150 },
    { size: 50, numRuns: 97 },
  ])('$numRuns seeds of $size documents', ({ size, numRuns }) => {
    fc.assert(
      fc.property(batchesOf(constructs, size), (documents) => {
        const parts = documents.flat();
        expectNothingLost(parts, readParts(parts));
      }),
      { numRuns },
    );
  });
});
