import type { Entry, Named } from '../entry.ts';
import { directionOf } from '../language.ts';
import type { Publication } from '../publication.ts';
import { sitePaths } from '../site-paths.ts';
import { linkTo } from './document.ts';
import { formatMoment } from './moment.ts';
import { remember } from './remember.ts';

/** One word or link of a phrase such as "Ana Reis, Bo Lind and Cy Moss"; `href` is undefined for plain words. */
export interface Piece {
  readonly text: string;
  readonly href: string | undefined;
  /** A name: its own writing direction must not disturb its neighbours. */
  readonly name: boolean;
}

const listFormat = remember((language = '') => new Intl.ListFormat(language));

/** Joins names as the language does. */
export const joinNames = (
  names: readonly { readonly name: string; readonly href?: string }[],
  language: string,
): Piece[] => {
  // Positions stand for the names: a part is then a name for certain, whatever the name is.
  const parts = listFormat(language).formatToParts(names.map((_, position) => String(position)));
  return parts.map(({ type, value }) => {
    const named = type === 'element' ? names[Number(value)] : undefined;
    return { text: named?.name ?? value, href: named?.href, name: named !== undefined };
  });
};

export const linkTopic = (topic: Named) => ({ name: topic.name, href: linkTo(sitePaths.topic(topic)) });
export const linkAuthor = (author: Named) => ({ name: author.name, href: linkTo(sitePaths.author(author)) });

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The direction of an article: its language's, else that of its title's first letter. */
const directionOfEntry = ({ language, title }: Entry): 'ltr' | 'rtl' | undefined => {
  if (language !== undefined) return directionOf(language);
  const letter = /\p{L}/u.exec(title)?.[0];
  if (letter === undefined) return undefined;
  return rightToLeft.test(letter) ? 'rtl' : 'ltr';
};

/** How an article's language or direction differs from the site's; undefined where neither does. */
const foreignness = (entry: Entry, publication: Publication) => {
  const own = directionOf(publication.language);
  const direction = directionOfEntry(entry) ?? own;
  const speaksOurs =
    (entry.language ?? publication.language).toLowerCase() === publication.language.toLowerCase();
  return speaksOurs && direction === own
    ? undefined
    : { language: entry.language, direction, mirrored: direction !== own };
};

/** Where a wire story comes from: "Baghdad, Reuters". */
const placeOf = ({ dateline, source }: Entry): string | undefined =>
  [dateline?.place, dateline?.agency ?? source].filter(Boolean).join(', ') || undefined;

/** An entry as lists show it: all that the partial `story` asks for. */
export const viewEntry = (entry: Entry, publication: Publication) => ({
  title: entry.title,
  href: linkTo(sitePaths.article(entry)),
  summary: entry.summary,
  foreign: foreignness(entry, publication),
  topic: entry.topics[0] && linkTopic(entry.topics[0]),
  authors: joinNames(entry.authors.map(linkAuthor), publication.language),
  place: placeOf(entry),
  moment: formatMoment(entry.published, publication, true),
  image: entry.image,
});
