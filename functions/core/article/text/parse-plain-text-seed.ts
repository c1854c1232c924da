import { DateTime } from 'luxon';
import {
  type Article,
  type Dateline,
  type SeedInput,
  SeedRejected,
  type SeedWarning,
  type StatedTime,
} from '../../article.ts';
import { summarize } from '../../text/summarize.ts';
import { findLede, toPlainText } from '../body/plain-text.ts';
import { sanitizeBody } from '../body/sanitize-body.ts';
import { createUrlResolver } from '../body/url-resolver.ts';
import { toDatelineDate, toPrintedTime } from './dateline-date.ts';
import { isEmbargoLine } from './embargo.ts';
import { extractStory } from './extract-story.ts';
import { toHeadlineCase } from './headline-case.ts';
import { type Mail, parseMail } from './parse-mail.ts';
import { type PressRelease, parsePressRelease } from './press-release.ts';
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
  const release = parsePressRelease(mail ? toReleaseText(mail) : text, file);
  const content = release?.text ?? mail?.text ?? text;
  const { headline, credits, cut, blocks, agency, ...head } = mail
    ? extractStory(`${mail.subject}\n\n${content}`, { hasTitle: mail.subject !== '' })
    : extractStory(content);
  const written = head.dateline;
  const day = head.printed ?? release?.day;
  const updated = head.updated && toPrintedTime(head.updated, file);
  const published = selectPublishedTime(mail, release, file);
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
    title: toHeadlineCase(headline.replace(/^#\s+(?=\S)/u, ''), body),
    summary: summarize(lede.slice(written?.text.length ?? 0)) || headline,
    html,
    text: body,
    authors: credits.authors.length > 0 ? credits.authors : (mail?.senders ?? []),
    editors: credits.editors,
    ...(source !== undefined && { source }),
    ...(dateline && { dateline }),
    ...(printed && { printed }),
    ...(published && { published }),
    ...(updated && { updated }),
    topics: [],
    email: true,
    cut: [
      ...(mail?.cutAbove ?? []),
      ...(release?.cutAbove ?? []),
      ...cut,
      ...(release?.cutBelow ?? []),
      ...(mail?.cutBelow ?? []),
    ],
    warnings: release?.embargo ? [formatEmbargo(release.embargo, file)] : [],
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

/** The subject of a mail may set an embargo, too. */
const toReleaseText = ({ subject, text }: Mail): string => (isEmbargoLine(subject) ? `${subject}\n\n${text}` : text);

/** An embargo holds the article back, as a date in the future does. */
const selectPublishedTime = (
  mail: Mail | undefined,
  release: PressRelease | undefined,
  file: SeedInput,
): StatedTime | undefined => {
  if (release?.embargo) return release.embargo;
  return mail?.sent && Date.parse(mail.sent.at) <= Date.parse(file.uploadedAt) ? mail.sent : undefined;
};

const formatEmbargo = ({ at }: StatedTime, { timeZone }: SeedInput): SeedWarning => {
  const time = DateTime.fromISO(at, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm');
  return { message: `The text is under embargo: it will be published at ${time} (${timeZone}).` };
};

const toDateline = ({ place, agency }: WrittenDateline, date: StatedTime | undefined): Dateline | undefined =>
  place === undefined ? undefined : { place, ...(agency !== undefined && { agency }), ...(date && { date }) };
