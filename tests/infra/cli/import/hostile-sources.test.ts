import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from '../../../../functions/core/text/clean-text.ts';
import { readFeed } from '../../../../infra/cli/import/feed/read-feed.ts';
import { readGhostExport } from '../../../../infra/cli/import/ghost/read-ghost-export.ts';
import { convertMarkdownPage } from '../../../../infra/cli/import/markdown/convert-markdown-page.ts';
import { detectSiteKind } from '../../../../infra/cli/import/markdown/detect-site-kind.ts';
import { createSeedPlanner } from '../../../../infra/cli/import/plan-seed.ts';
import { readXmlParts, type XmlPart } from '../../../../infra/cli/import/source/read-xml-parts.ts';
import {
  convertOrSkip,
  type SourceItem,
  type SourceSettings,
} from '../../../../infra/cli/import/source/source-item.ts';
import { readWordPressExport } from '../../../../infra/cli/import/wordpress/read-wordpress-export.ts';
import { CliError } from '../../../../infra/cli/output/cli-error.ts';
import { toFixturePath } from './plan-source.ts';

const settings: SourceSettings = {
  timeZone: 'Europe/Lisbon',
  prefix: 'imported/',
  base: 'https://old.example',
};
const read = (name: string): string => readFileSync(toFixturePath(name), 'utf8');

const hostile = fc.constantFrom(
  ...['', ' ', '<', '>', '&', '&#0;', '&#xD800;', ']]>', '<![CDATA[', '<item>', '</item>', '<!--', '-->'],
  ...['{{<', '>}}', '{% raw %}', '%}', '---\n', '+++\n', '"', "'", '\\', '\u0000', '\ud800', '\ufdd00\ufdd0'],
  ...['[caption]', '[/caption]', '[gallery ids="9,,"]', '![](', '](../../../etc/passwd.png)', '%', '%ff'],
  ...['9999999999', '-1', 'null', '[]', '{}', 'true', '0000-00-00', 'javascript:alert(1)', '\n\n', 'é'],
);

/** A text of the fixtures with a few of its parts taken out, doubled or replaced. */
const damaged = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.nat(text.length), fc.nat(40), hostile), { minLength: 1, maxLength: 6 })
    .map((cuts) => cuts.reduce((whole, [at, length, by]) => whole.slice(0, at) + by + whole.slice(at + length), text));

const createTestPlanner = () =>
  createSeedPlanner({
    publicationId: 'harbour',
    timeZone: 'Europe/Lisbon',
    site: 'https://harbour.example',
    prefix: 'imported/',
    keepsCanonical: true,
    now: '2026-11-26T12:00:00.000Z',
    fallbackDate: '2026-11-01T12:00:00.000Z',
  });

/** What came of a source: it was read, or refused as a whole by a plain sentence. */
const readOutcome = async (
  found: () => AsyncIterable<SourceItem> | Iterable<SourceItem>,
): Promise<'read' | 'refused'> => {
  const plan = createTestPlanner();
  try {
    for await (const each of found()) {
      const planned = each.kind === 'article' ? plan(each) : each;
      expect(planned.place).not.toBe('');
      if (planned.kind === 'left out') expect(planned.reason).not.toBe('');
      else expect(planned.key).toMatch(/^imported\/[^/]/);
    }
    return 'read';
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return 'refused';
  }
};

const splitIntoChunks = async function* (text: string, size = 64): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
};

const sources: [string, (text: string) => AsyncIterable<SourceItem> | Iterable<SourceItem>][] = [
  ['rss.xml', (text) => readFeed(() => splitIntoChunks(text), settings)],
  ['atom.xml', (text) => readFeed(() => splitIntoChunks(text), settings)],
  ['feed.json', (text) => readFeed(() => splitIntoChunks(text), settings)],
  ['ghost.json', (text) => readGhostExport(() => splitIntoChunks(text), settings)],
  ['wordpress.xml', (text) => readWordPressExport(() => splitIntoChunks(text), settings)],
];

test.each(sources)('%s may be damaged in any way: what can be read is, the rest is told', async (name, open) => {
  expect(await readOutcome(() => open(read(name)))).toBe('read');
  await fc.assert(
    fc.asyncProperty(damaged(read(name)), async (text) => {
      await readOutcome(() => open(text));
    }),
    { numRuns: 60 },
  );
});

/** JSON whose nth text is another. */
const replaceText = (json: string, wanted: number, by: string): string => {
  let nth = 0;
  return JSON.stringify(
    JSON.parse(json, (_name, value) => (typeof value === 'string' && nth++ === wanted ? by : value)),
  );
};

test.each(sources.filter(([name]) => name.endsWith('.json')))(
  'any text in %s may be any other: it is read, or refused in a sentence',
  async (name, open) => {
    const count = { read: 0, refused: 0 };
    for (const nth of Array(40).keys())
      for (const by of ['', '<', '0000-00-00', 'javascript:alert(1)', '\ud800', '9999999999'])
        count[await readOutcome(() => open(replaceText(read(name), nth, by)))] += 1;
    expect(count.read).toBeGreaterThan(count.refused);
  },
);

const pages = [
  ['hugo', 'content/posts/oil.md'],
  ['hugo', 'content/posts/later.md'],
  ['jekyll', '_posts/2021-03-04-mending-nets.md'],
  ['jekyll', '_posts/2021-01-01-fishing.html'],
  ['eleventy', 'posts/buoys.md'],
  ['plain', 'gulls.md'],
] as const;

test.each(pages)(
  '%s: %s may be damaged in any way, and nothing outside of the folder is taken along',
  async (folder, path) => {
    const files = ['content/posts/trip/pier.png', 'static/images/lamp.png', 'assets/net.png', 'photos/gull.png'];
    const marks = { hugo: 'hugo.toml', jekyll: '_config.yml', eleventy: 'eleventy.config.js', plain: 'x.md' };
    const site = {
      kind: detectSiteKind([path, marks[folder]]),
      root: '/source',
      settings,
      files: new Set([...files, path]),
    };
    await fc.assert(
      fc.asyncProperty(damaged(read(`${folder}/${path}`)), async (written) => {
        const text = cleanText(written);
        const modified = '2026-11-01T12:00:00.000Z';
        const found = convertOrSkip({ place: path, title: '' }, () =>
          convertMarkdownPage({ path, text, modified }, site),
        );
        expect(await readOutcome(() => [found])).toBe('read');
        if (found.kind === 'article')
          for (const { file } of found.pictures ?? []) expect(files.map((each) => `/source/${each}`)).toContain(file);
      }),
      { numRuns: 50 },
    );
  },
);

test('however an export is cut into chunks, its items are the same', async () => {
  const text = read('wordpress.xml');
  const partsOf = async (chunks: AsyncIterable<string>): Promise<XmlPart[]> => {
    const parts: XmlPart[] = [];
    for await (const part of readXmlParts(chunks, 'item')) parts.push(part);
    return parts;
  };
  const whole = await partsOf(splitIntoChunks(text, text.length));
  expect(whole.map(({ line }) => line)).toEqual([1, 20, 62, 95, 110, 122, 131, 139, 148, 155]);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3_000 }), async (size) => {
      expect(await partsOf(splitIntoChunks(text, size))).toEqual(whole);
    }),
    { numRuns: 20 },
  );
});
