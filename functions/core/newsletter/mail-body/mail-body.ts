/**
 * What a body that is prepared for mail leaves open, since it is not known when the seed is parsed: the address of the
 * article's page, words in the publication's language, and the colours and side of its styles.
 */
type OpenPart = 'page' | 'table' | `style ${string}`;

/** Clean text never contains it. */
export const openPartMark = '\u0001';

export const markOpenPart = (part: OpenPart): string => `${openPartMark}${part}${openPartMark}`;

export const fillOpenParts = (html: string, fill: (part: string) => string): string =>
  html
    .split(openPartMark)
    .map((text, index) => (index % 2 === 0 ? text : fill(text)))
    .join('');

export const stylePrefix = 'style ';

/** As they are in a body that is prepared for mail. */
export const mailCaptionTags = {
  figure: `<figure style="${markOpenPart('style figure')}">`,
  figcaption: `<figcaption class="soft" style="${markOpenPart('style figcaption')}">`,
} as const;

/** Characters of a body's HTML. A longer one has no place in a mail. */
export const maxMailBodyLength = 90_000;
