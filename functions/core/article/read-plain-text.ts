import { type Article, type Dateline, type SeedFile, SeedRejected } from './article.ts';
import { bodyText } from './body-text.ts';
import { ledeOf } from './lede-of.ts';
import { resolveUrl } from './resolve-url.ts';
import { sanitizeBody } from './sanitize.ts';
import { summarize } from './summarize.ts';
import { datelineDate } from './text/dateline-date.ts';
import { extractStory } from './text/extract-story.ts';
import type { WrittenDateline } from './text/story.ts';
import { storyHtml } from './text/story-html.ts';

/**
 * Reads a seed of plain text, an author's own or a story scraped with the page around it. Takes decoded, cleaned text.
 * The body keeps its dateline as written; the summary goes without.
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
  const html = sanitizeBody(storyHtml(blocks), resolveUrl(file));
  const body = bodyText(html);
  if (!/[\p{L}\p{N}]/u.test(body)) throw new SeedRejected('There is no text below the headline.', 'line 2');
  const lede = ledeOf(html);
  const dateline = written && resolveDateline(written, lede, file);
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
    topics: [],
    email: true,
    cut,
  };
}

function resolveDateline({ place, agency, day }: WrittenDateline, lede: string, file: SeedFile): Dateline {
  const date = datelineDate(day, lede, file);
  return { place, ...(agency === undefined ? {} : { agency }), ...(date === undefined ? {} : { date }) };
}
