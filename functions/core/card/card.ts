import { fingerprint } from '../identity.ts';
import type { Publication } from '../publication.ts';
import { buildPalette, type Shades } from '../theme/palette.ts';
import { selectIconLetter } from '../theme/select-icon-letter.ts';

/** What is drawn where a link to a page is shown and the page has no picture. */
export interface Card {
  readonly title: string;
  /** Below the title; absent on the card of the publication itself. */
  readonly publication?: string;
  readonly letter: string;
  readonly colors: Pick<Shades, 'paper' | 'ink' | 'accent'>;
}

/** Of how cards are drawn: a new version draws all of them again, under other names. */
const cardVersion = '1';
/** What is longer has no space on a card. */
const maxTitleLength = 300;

const describeLook = (publication: Publication): Pick<Card, 'letter' | 'colors'> => {
  const { paper, head, accent } = buildPalette(publication.theme).light;
  return { letter: selectIconLetter(publication), colors: { paper, ink: head, accent } };
};

export const describeCard = (title: string, publication: Publication): Card => ({
  title: title.slice(0, maxTitleLength),
  publication: publication.title,
  ...describeLook(publication),
});

/** The card of pages that are no articles. */
export const describePublicationCard = (publication: Publication): Card => ({
  title: publication.title,
  ...describeLook(publication),
});

/** Names an article's card: with another title it has another. */
export const toCardId = (articleId: string, card: Card): string =>
  fingerprint('card', cardVersion, articleId, JSON.stringify(card));

/** Names the card of a publication: with another title or color it has another. */
export const fingerprintPublicationCard = (publication: Publication): string =>
  fingerprint('card', cardVersion, JSON.stringify(describePublicationCard(publication))).slice(0, 12);

export const cardSize = { width: 1200, height: 630 } as const;
