import type { FullEntry } from '../../entry.ts';
import type { DigestMessages } from '../../messages.ts';
import type { Publication } from '../../publication.ts';
import { sitePaths, toSiteUrl } from '../../site-paths.ts';
import { formatDate } from '../../text/format-date.ts';
import { interpolate } from '../../text/interpolate.ts';
import { findTextDirection, toStartSide } from '../../text/language.ts';
import { truncate } from '../../text/truncate.ts';
import { wrapText } from '../../text/wrap-text.ts';
import { linkMarkers } from '../email/placeholders.ts';
import type { DigestInput } from './digest-input.ts';

const maxSubjectLength = 120;
const maxPreheaderLength = 140;
/** A list of contents helps from here to there: few articles need none, and of many it would be half the letter. */
const contentsLimits = { minArticles: 3, maxArticles: 24, maxTitleLength: 100 } as const;
/** Many corrections must leave room for the articles. */
const maxCorrectionLength = 300;

/** The subject line: the first title, and how many articles come with it. */
export const formatSubject = (
  entries: readonly FullEntry[],
  messages: DigestMessages,
  publication: Publication,
): string => {
  const [first, ...others] = entries;
  if (!first)
    return truncate(interpolate(messages.subjectEmpty, { publication: publication.title }), maxSubjectLength);
  if (others.length === 0) return truncate(first.title, maxSubjectLength);
  const count = new Intl.NumberFormat(publication.language).format(others.length);
  const around = interpolate(messages.subject, { title: '', count }).length;
  return interpolate(messages.subject, { title: truncate(first.title, maxSubjectLength - around), count });
};

/** What mail programs show behind the subject: the first summary, then the other titles. */
const formatPreheader = (entries: readonly FullEntry[], messages: DigestMessages): string => {
  const [first, ...others] = entries;
  const parts = first ? [first.summary, ...others.map(({ title }) => title)] : [messages.empty];
  return truncate(parts.join(' · '), maxPreheaderLength);
};

/** All of the letter but its articles, for both templates. */
export const buildDigestView = (input: DigestInput, messages: DigestMessages, subject: string) => {
  const { publication, site, entries } = input;
  const listed =
    entries.length >= contentsLimits.minArticles && entries.length <= contentsLimits.maxArticles
      ? entries
      : [];
  return {
    messages,
    subject,
    preheader: formatPreheader(entries, messages),
    language: publication.language,
    direction: findTextDirection(publication.language),
    start: toStartSide(findTextDirection(publication.language)),
    publication: publication.title,
    home: toSiteUrl(site, sitePaths.home),
    archive: toSiteUrl(site, sitePaths.archive),
    cadence: messages[input.cadence],
    date: input.at === undefined ? messages.next : formatDate(input.at, publication, true).text,
    contents: listed.map(({ title, language = publication.language, slug }) => ({
      title: truncate(title, contentsLimits.maxTitleLength),
      address: toSiteUrl(site, sitePaths.article({ slug })),
      language,
      direction: findTextDirection(language),
    })),
    empty: entries.length === 0,
    corrections: (input.corrections ?? []).map(
      ({ title, slug, correction, language = publication.language }) => ({
        title: truncate(title, contentsLimits.maxTitleLength),
        address: toSiteUrl(site, sitePaths.article({ slug })),
        text: truncate(correction?.text ?? '', maxCorrectionLength),
        language,
        direction: findTextDirection(language),
      }),
    ),
    postalAddress: publication.postalAddress,
    reason: interpolate(messages.reason, { publication: publication.title }),
    links: linkMarkers,
  };
};

/** The lines below the articles that say what the letter leaves out; empty where there is nothing to say. */
export interface OmissionNotes {
  readonly shortened: string;
  readonly further: string;
  readonly older: string;
}

export const formatOmissionNotes = (
  { shortened, left }: { readonly shortened: number; readonly left: number },
  { publication, entries, hasMore: more }: DigestInput,
  messages: DigestMessages,
): OmissionNotes => {
  const number = new Intl.NumberFormat(publication.language);
  const count = number.format(shortened);
  const total = number.format(entries.length);
  return {
    shortened: shortened > 0 ? interpolate(messages.shortened, { count, total }) : '',
    further: left > 0 ? interpolate(messages.further, { count: number.format(left) }) : '',
    older: more ? messages.older : '',
  };
};

/** The same frame with its longer lines broken, for plain text. */
export const wrapDigestView = (frame: ReturnType<typeof buildDigestView> & OmissionNotes) => ({
  ...frame,
  contents: frame.contents.map(({ title }) => ({ title: wrapText(`- ${title}`) })),
  corrections: frame.corrections.map(({ title, text, address }) => ({
    title: wrapText(title),
    text: wrapText(text),
    address,
  })),
  empty: frame.empty ? wrapText(frame.messages.empty) : '',
  shortened: wrapText(frame.shortened),
  further: wrapText(frame.further),
  older: wrapText(frame.older),
  reason: wrapText(frame.reason),
  postalAddress: wrapText(frame.postalAddress),
});
