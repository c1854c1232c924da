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
 * are written in a way that only a reader sees as braces, and then the addresses are put in as they are.
 */
export const finishHtml = (filled: string, links: DigestLinks): string =>
  putLinks(filled.replaceAll('{{', '&#123;&#123;'), links);

/** The same for plain text, which knows no other way to write two braces than to part them. */
export const finishText = (filled: string, links: DigestLinks): string =>
  putLinks(filled.replace(/\{(?=\{)/g, '{ '), links);
