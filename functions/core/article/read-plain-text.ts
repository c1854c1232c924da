import { type Article, type Dateline, type SeedFile, SeedRejected } from './article.ts';
import { bodyText } from './body-text.ts';
import { ledeOf } from './lede-of.ts';
import { resolveUrl } from './resolve-url.ts';
import { sanitizeBody } from './sanitize.ts';
import { summarize } from './summarize.ts';
import { datelineDate, printedTime } from './text/dateline-date.ts';
import { extractStory } from './text/extract-story.ts';
import type { WrittenDateline } from './text/story.ts';
import { storyHtml } from './text/story-html.ts';

/**
 * Reads a seed of plain text, an author's own or a story scraped with the page around it. Takes decoded, cleaned text.
 * The body keeps its dateline as written; the summary goes without.
 * @throws {SeedRejected} where there is no headline, nothing below it, or more lines than can be shown
 */
export function readPlainText(text: string, file: SeedFile): Article {
  refuseTooLong(text);
  const { headline, credits, cut, blocks, dateline: written, printed: day } = extractStory(text);
  if (headline === undefined) {
    throw new SeedRejected(
      'There is no headline: the first line should be one, and the story below it.',
      'line 1',
    );
  }
  const html = sanitizeBody(storyHtml(blocks), resolveUrl(file));
  const body = bodyText(html);
  if (!/[\p{L}\p{N}]/u.test(body)) throw new SeedRejected('There is no text below the headline.', 'line 2');
  const lede = ledeOf(html);
  const dateline = written && resolveDateline(written, lede, file);
  const printed = day && !dateline?.date ? printedTime(day, file) : undefined;
  const source = credits.source ?? dateline?.agency;
  return {
    title: headline,
    summary: summarize(lede.slice(written?.text.length ?? 0)) || headline,
    html,
    text: body,
    authors: credits.authors,
    editors: credits.editors,
    ...(source === undefined ? {} : { source }),
    ...(dateline === undefined ? {} : { dateline }),
    ...(printed === undefined ? {} : { printed }),
    topics: [],
    email: true,
    cut,
  };
}

/** Every line becomes an element or two of the page, and a page bears some hundred thousand. */
const mostLines = 100_000;

function refuseTooLong(text: string): void {
  const lines = text.match(/[^\s][^\n]*/gu)?.length ?? 0;
  if (lines > mostLines) {
    throw new SeedRejected(
      `The text has ${lines} lines; at most ${mostLines} can be published as one article.`,
    );
  }
}

function resolveDateline({ place, agency, day }: WrittenDateline, lede: string, file: SeedFile): Dateline {
  const date = datelineDate(day, lede, file);
  return { place, ...(agency === undefined ? {} : { agency }), ...(date === undefined ? {} : { date }) };
}
