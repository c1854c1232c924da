import type { FullEntry } from '../entry.ts';
import { directionOf } from '../language.ts';
import { formatMoment } from '../page/moment.ts';
import { fillPhrase } from '../page/words.ts';
import type { Publication } from '../publication.ts';
import { addressOf, sitePaths } from '../site-paths.ts';
import { clip } from './clip.ts';
import type { DigestInput } from './digest-input.ts';
import type { DigestWords } from './digest-words.ts';
import { markedLinks } from './placeholders.ts';
import { wrapText } from './wrap-text.ts';

const subjectLimit = 120;
const preheaderLimit = 140;
/** A list of contents helps from here to there: few articles need none, and of many it would be half the letter. */
const contents = { from: 3, to: 24, title: 100 } as const;
/** Many corrections must leave room for the articles. */
const correctionLimit = 300;

/** The subject line: the first title, and how many articles come with it. */
export const writeSubject = (
  entries: readonly FullEntry[],
  words: DigestWords,
  publication: Publication,
): string => {
  const [first, ...others] = entries;
  if (!first) return clip(fillPhrase(words.subjectEmpty, { publication: publication.title }), subjectLimit);
  if (others.length === 0) return clip(first.title, subjectLimit);
  const count = new Intl.NumberFormat(publication.language).format(others.length);
  const around = fillPhrase(words.subject, { title: '', count }).length;
  return fillPhrase(words.subject, { title: clip(first.title, subjectLimit - around), count });
};

/** What mail programs show behind the subject: the first summary, then the other titles. */
const writePreheader = (entries: readonly FullEntry[], words: DigestWords): string => {
  const [first, ...others] = entries;
  const parts = first ? [first.summary, ...others.map(({ title }) => title)] : [words.empty];
  return clip(parts.join(' · '), preheaderLimit);
};

/** All of the letter but its articles, for both templates. */
export const frameDigest = (input: DigestInput, words: DigestWords, subject: string) => {
  const { publication, site, entries } = input;
  const listed = entries.length >= contents.from && entries.length <= contents.to ? entries : [];
  return {
    words,
    subject,
    preheader: writePreheader(entries, words),
    language: publication.language,
    direction: directionOf(publication.language),
    start: directionOf(publication.language) === 'rtl' ? 'right' : 'left',
    publication: publication.title,
    home: addressOf(site, sitePaths.home),
    archive: addressOf(site, sitePaths.archive),
    edition: words[input.cadence],
    date: input.at === undefined ? words.next : formatMoment(input.at, publication, true).text,
    contents: listed.map(({ title, language = publication.language, slug }) => ({
      title: clip(title, contents.title),
      address: addressOf(site, sitePaths.article({ slug })),
      language,
      direction: directionOf(language),
    })),
    empty: entries.length === 0,
    corrections: (input.corrections ?? []).map(
      ({ title, slug, correction, language = publication.language }) => ({
        title: clip(title, contents.title),
        address: addressOf(site, sitePaths.article({ slug })),
        text: clip(correction?.text ?? '', correctionLimit),
        language,
        direction: directionOf(language),
      }),
    ),
    postalAddress: publication.postalAddress,
    why: fillPhrase(words.why, { publication: publication.title }),
    links: markedLinks,
  };
};

/** The lines below the articles that say what the letter leaves out; empty where there is nothing to say. */
export interface Notes {
  readonly shortened: string;
  readonly further: string;
  readonly older: string;
}

export const writeNotes = (
  { shortened, left }: { readonly shortened: number; readonly left: number },
  { publication, entries, more }: DigestInput,
  words: DigestWords,
): Notes => {
  const number = new Intl.NumberFormat(publication.language);
  const count = number.format(shortened);
  const total = number.format(entries.length);
  return {
    shortened: shortened > 0 ? fillPhrase(words.shortened, { count, total }) : '',
    further: left > 0 ? fillPhrase(words.further, { count: number.format(left) }) : '',
    older: more ? words.older : '',
  };
};

/** The same frame with its longer lines broken, for plain text. */
export const wrapLines = (frame: ReturnType<typeof frameDigest> & Notes) => ({
  ...frame,
  contents: frame.contents.map(({ title }) => ({ title: wrapText(`- ${title}`) })),
  corrections: frame.corrections.map(({ title, text, address }) => ({
    title: wrapText(title),
    text: wrapText(text),
    address,
  })),
  empty: frame.empty ? wrapText(frame.words.empty) : '',
  shortened: wrapText(frame.shortened),
  further: wrapText(frame.further),
  older: wrapText(frame.older),
  why: wrapText(frame.why),
  postalAddress: wrapText(frame.postalAddress),
});
