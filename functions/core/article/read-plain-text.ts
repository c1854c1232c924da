import { type Article, type Dateline, type SeedFile, SeedRejected } from './article.ts';
import { bodyText } from './body-text.ts';
import { resolveUrl } from './resolve-url.ts';
import { sanitizeBody } from './sanitize.ts';
import { summarize } from './summarize.ts';
import { datelineDate } from './text/dateline-date.ts';
import { extractStory } from './text/extract-story.ts';
import type { Block, WrittenDateline } from './text/story.ts';
import { storyHtml } from './text/story-html.ts';

/**
 * Reads a seed of plain text, an author's own or a story scraped with the page around it. Takes decoded, cleaned text.
 * @throws {SeedRejected} where there is no headline, or nothing below it
 */
export function readPlainText(text: string, file: SeedFile): Article {
  const { headline, credits, cut, blocks, dateline: written } = extractStory(text);
  if (headline === undefined) {
    throw new SeedRejected(
      'There is no headline: the first line should be one, and the story below it.',
      'line 1',
    );
  }
  const dateline = written && resolveDateline(written, ledeOf(blocks), file);
  const body = written && dateline && saysAll(dateline, written) ? withoutDateline(blocks, written) : blocks;
  const html = sanitizeBody(storyHtml(body), resolveUrl(file));
  const plain = bodyText(html);
  if (!/[\p{L}\p{N}]/u.test(plain)) throw new SeedRejected('There is no text below the headline.', 'line 2');
  const source = credits.source ?? dateline?.agency;
  return {
    title: headline,
    summary: summarize(written ? bodyText(storyHtml(withoutDateline(blocks, written))) : plain) || headline,
    html,
    text: plain,
    authors: credits.authors,
    editors: credits.editors,
    ...(source === undefined ? {} : { source }),
    ...(dateline === undefined ? {} : { dateline }),
    topics: [],
    email: true,
    cut,
  };
}

function ledeOf(blocks: readonly Block[]): string {
  return blocks.find((block) => block.kind === 'paragraph')?.lines.join(' ') ?? '';
}

function resolveDateline({ place, agency, day }: WrittenDateline, lede: string, file: SeedFile): Dateline {
  const date = datelineDate(day, lede, file);
  return { place, ...(agency === undefined ? {} : { agency }), ...(date === undefined ? {} : { date }) };
}

/** The page shows the dateline apart. Where it knows less than was written, the lede keeps it. */
function saysAll(dateline: Dateline, written: WrittenDateline): boolean {
  return written.day === undefined || dateline.date !== undefined;
}

function withoutDateline(blocks: readonly Block[], { text }: WrittenDateline): Block[] {
  const at = blocks.findIndex((block) => block.kind === 'paragraph');
  return blocks.map((block, index) => {
    if (index !== at || block.kind !== 'paragraph') return block;
    const [first = '', ...rest] = block.lines;
    return { ...block, lines: [first.slice(text.length), ...rest] };
  });
}
