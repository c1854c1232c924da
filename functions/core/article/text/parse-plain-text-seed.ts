import { type Article, type Dateline, type SeedInput, SeedRejected, type StatedTime } from '../../article.ts';
import { summarize } from '../../text/summarize.ts';
import { findLede, toPlainText } from '../body/plain-text.ts';
import { sanitizeBody } from '../body/sanitize-body.ts';
import { createUrlResolver } from '../body/url-resolver.ts';
import { toDatelineDate, toPrintedTime } from './dateline-date.ts';
import { extractStory } from './extract-story.ts';
import { parseMail } from './parse-mail.ts';
import { renderStory } from './render-story.ts';
import type { WrittenDateline } from './story.ts';

/**
 * Reads a plain-text seed, an author's own or a scraped page. The body keeps its dateline; the summary is without it.
 * @param text decoded and clean
 * @throws {SeedRejected} where there is no headline, no text below it, or too many lines
 */
export const parsePlainTextSeed = (text: string, file: SeedInput): Article => {
  checkLineCount(text);
  const mail = parseMail(text, file.timeZone);
  const {
    headline,
    credits,
    cut,
    blocks,
    agency,
    dateline: written,
    printed: day,
  } = mail ? extractStory(`${mail.subject}\n\n${mail.text}`, { hasTitle: mail.subject !== '' }) : extractStory(text);
  if (headline === undefined) {
    throw new SeedRejected('There is no headline: the first line should be one, and the story below it.', 'line 1');
  }
  const { html } = sanitizeBody(renderStory(blocks), createUrlResolver(file), { defaultLanguage: file.language });
  const body = toPlainText(html);
  if (!/[\p{L}\p{N}]/u.test(body)) throw new SeedRejected('There is no text below the headline.', 'line 2');
  const lede = findLede(html);
  const date = toDatelineDate(written?.day, lede, file);
  const dateline = written && toDateline(written, date);
  const printed = dateline?.date ? undefined : (date ?? (day && toPrintedTime(day, file)));
  const source = credits.source ?? written?.agency ?? agency;
  return {
    title: headline,
    summary: summarize(lede.slice(written?.text.length ?? 0)) || headline,
    html,
    text: body,
    authors: credits.authors.length > 0 ? credits.authors : (mail?.senders ?? []),
    editors: credits.editors,
    ...(source !== undefined && { source }),
    ...(dateline && { dateline }),
    ...(printed && { printed }),
    ...(mail?.sent && Date.parse(mail.sent.at) <= Date.parse(file.uploadedAt) && { published: mail.sent }),
    topics: [],
    email: true,
    cut: [...(mail?.cutAbove ?? []), ...cut, ...(mail?.cutBelow ?? [])],
    warnings: [],
  };
};

/** Each line becomes an element or two of the page, which can have 100,000. */
const maxLines = 50_000;

const checkLineCount = (text: string): void => {
  const lines = text.match(/[^\s][^\n]*/gu)?.length ?? 0;
  if (lines > maxLines) {
    throw new SeedRejected(`The text has ${lines} lines; at most ${maxLines} can be published as one article.`);
  }
};

const toDateline = ({ place, agency }: WrittenDateline, date: StatedTime | undefined): Dateline | undefined =>
  place === undefined ? undefined : { place, ...(agency !== undefined && { agency }), ...(date && { date }) };
