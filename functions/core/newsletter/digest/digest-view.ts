import type { Entry, FullEntry } from '../../entry.ts';
import type { DigestMessages } from '../../messages.ts';
import type { Publication } from '../../publication.ts';
import { sitePaths, toSiteUrl } from '../../site-paths.ts';
import { formatDate, formatReadingTime } from '../../text/format-date.ts';
import { interpolate } from '../../text/interpolate.ts';
import { findTextDirection, toStartSide } from '../../text/language.ts';
import { memoize } from '../../text/memoize.ts';
import { truncate } from '../../text/truncate.ts';
import { wrapText } from '../../text/wrap-text.ts';
import { linkMarkers } from '../email/placeholders.ts';
import type { DigestInput } from './digest-input.ts';
import { formatTextLinks } from './digest-text.ts';
import type { Introduction } from './render-introduction.ts';

const createNumberFormat = memoize((language: string) => new Intl.NumberFormat(language));

const maxSubjectLength = 120;
const maxPreheaderLength = 140;
/** Few articles need no list of contents, and one of many articles would be half the digest. */
const contentsLimits = { minArticles: 3, maxArticles: 24, maxTitleLength: 100 } as const;
/** Many corrections must leave room for the articles. */
const maxCorrectionLength = 300;

export const formatSubject = (
  entries: readonly FullEntry[],
  messages: DigestMessages,
  publication: Publication,
): string => {
  const [first, ...others] = entries;
  if (!first) return truncate(interpolate(messages.subjectEmpty, { publication: publication.title }), maxSubjectLength);
  if (others.length === 0) return truncate(first.title, maxSubjectLength);
  const count = createNumberFormat(publication.language).format(others.length);
  const fixedLength = interpolate(messages.subject, { title: '', count }).length;
  return interpolate(messages.subject, {
    title: truncate(first.title, maxSubjectLength - fixedLength),
    count,
  });
};

/** The subject has the first title, so the next ones follow. */
const formatPreheader = (entries: readonly FullEntry[], messages: DigestMessages): string => {
  const [first, ...others] = entries;
  const parts = first ? [...others.map(({ title }) => title), first.summary] : [messages.empty];
  return truncate(parts.join(' · '), maxPreheaderLength);
};

const buildTitleLink = (entry: Entry, { publication, site }: DigestInput) => {
  const language = entry.language ?? publication.language;
  return {
    title: truncate(entry.title, contentsLimits.maxTitleLength),
    address: toSiteUrl(site, sitePaths.article(entry)),
    language,
    direction: findTextDirection(language),
  };
};

export const buildDigestView = (input: DigestInput, messages: DigestMessages, subject: string) => {
  const { publication, site, entries, corrections = [] } = input;
  const direction = findTextDirection(publication.language);
  const hasContents = entries.length >= contentsLimits.minArticles && entries.length <= contentsLimits.maxArticles;
  return {
    messages,
    subject,
    preheader: formatPreheader(entries, messages),
    language: publication.language,
    direction,
    start: toStartSide(direction),
    publication: publication.title,
    home: toSiteUrl(site, sitePaths.home),
    archive: toSiteUrl(site, sitePaths.archive),
    cadence: messages[input.cadence],
    date: input.at === undefined ? messages.next : formatDate(input.at, publication, true).text,
    contents: hasContents
      ? entries.map((entry) => ({
          ...buildTitleLink(entry, input),
          readingTime: formatReadingTime(entry.wordCount, publication.language),
        }))
      : [],
    introduction: input.introduction?.html ?? '',
    empty: entries.length === 0,
    corrections: corrections.map((entry) => ({
      ...buildTitleLink(entry, input),
      text: truncate(entry.correction?.text ?? '', maxCorrectionLength),
    })),
    postalAddress: publication.postalAddress,
    reason: interpolate(messages.reason, { publication: publication.title }),
    links: linkMarkers,
    isForReader: 'unsubscribe' in input.links,
  };
};

const formatTextIntroduction = ({ text, links }: Introduction, messages: DigestMessages): string =>
  [wrapText(text), ...(links.length > 0 ? [formatTextLinks(links, messages)] : [])].join('\n\n');

export interface OmissionNotes {
  readonly shortened: string;
  readonly further: string;
  readonly waiting: string;
}

export const formatOmissionNotes = (
  { shortened, left }: { readonly shortened: number; readonly left: number },
  { publication, entries, hasMore }: DigestInput,
  messages: DigestMessages,
): OmissionNotes => {
  const numbers = createNumberFormat(publication.language);
  const count = numbers.format(shortened);
  const total = numbers.format(entries.length);
  return {
    shortened: shortened > 0 ? interpolate(messages.shortened, { count, total }) : '',
    further: left > 0 ? interpolate(messages.further, { count: numbers.format(left) }) : '',
    waiting: hasMore ? messages.waiting : '',
  };
};

export const wrapDigestView = (
  view: ReturnType<typeof buildDigestView> & OmissionNotes,
  introduction: Introduction | undefined,
) => ({
  ...view,
  introduction: introduction ? formatTextIntroduction(introduction, view.messages) : '',
  contents: view.contents.map(({ title, readingTime }) => ({ title: wrapText(`- ${title} (${readingTime})`) })),
  corrections: view.corrections.map(({ title, text, address }) => ({
    title: wrapText(title),
    text: wrapText(text),
    address,
  })),
  empty: view.empty ? wrapText(view.messages.empty) : '',
  shortened: wrapText(view.shortened),
  further: wrapText(view.further),
  waiting: wrapText(view.waiting),
  reason: wrapText(view.reason),
  postalAddress: wrapText(view.postalAddress),
});
