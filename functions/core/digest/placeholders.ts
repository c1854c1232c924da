/** Addresses that differ from reader to reader. */
export interface DigestLinks {
  /** The copy of the letter in the browser. */
  readonly view: string;
  readonly unsubscribe: string;
  /** Where a reader chooses how often letters come. */
  readonly preferences: string;
}

/** What stands for an address while templates are filled: clean text never holds this sign. */
const mark = (name: string): string => `\u0000${name}\u0000`;

export const markedLinks: DigestLinks = {
  view: mark('view'),
  unsubscribe: mark('unsubscribe'),
  preferences: mark('preferences'),
};

const putLinks = (filled: string, links: DigestLinks): string =>
  filled
    .replaceAll(markedLinks.view, () => links.view)
    .replaceAll(markedLinks.unsubscribe, () => links.unsubscribe)
    .replaceAll(markedLinks.preferences, () => links.preferences);

/**
 * A letter is itself a template once more: the mail service fills `{{…}}` for each reader. So braces in articles
 * are written in a way that only a reader sees as braces.
 */
export const shieldHtml = (html: string): string => html.replaceAll('{{', '&#123;&#123;');

/** Plain text knows no other way to write two braces than to part them. */
const shieldText = (text: string): string => text.replace(/\{(?=\{)/g, '{ ');

/** Shields the braces of a filled template, and then puts in the addresses as they are. */
export const finishHtml = (filled: string, links: DigestLinks): string => putLinks(shieldHtml(filled), links);

/** The same for plain text. */
export const finishText = (filled: string, links: DigestLinks): string => putLinks(shieldText(filled), links);
