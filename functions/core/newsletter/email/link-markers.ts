/** Addresses that differ from reader to reader. */
export interface DigestLinks {
  /** The copy of the letter in the browser. */
  readonly view: string;
  readonly unsubscribe: string;
  /** Where a reader chooses how often letters come. */
  readonly preferences: string;
}

/** What stands for an address while templates are filled: clean text never holds this sign. */
const toLinkMarker = (name: string): string => `\u0000${name}\u0000`;

export const linkMarkers: DigestLinks = {
  view: toLinkMarker('view'),
  unsubscribe: toLinkMarker('unsubscribe'),
  preferences: toLinkMarker('preferences'),
};

const fillLinks = (filled: string, links: DigestLinks): string =>
  filled
    .replaceAll(linkMarkers.view, () => links.view)
    .replaceAll(linkMarkers.unsubscribe, () => links.unsubscribe)
    .replaceAll(linkMarkers.preferences, () => links.preferences);

/**
 * A letter is itself a template once more: the mail service fills `{{…}}` for each reader. So braces in articles
 * are written in a way that only a reader sees as braces.
 */
export const escapeHtmlBraces = (html: string): string => html.replaceAll('{{', '&#123;&#123;');

/** Plain text knows no other way to write two braces than to part them. */
const escapeTextBraces = (text: string): string => text.replace(/\{(?=\{)/g, '{ ');

/** Shields the braces of a filled template, and then puts in the addresses as they are. */
export const fillHtmlLinks = (filled: string, links: DigestLinks): string =>
  fillLinks(escapeHtmlBraces(filled), links);

/** The same for plain text. */
export const fillTextLinks = (filled: string, links: DigestLinks): string =>
  fillLinks(escapeTextBraces(filled), links);
