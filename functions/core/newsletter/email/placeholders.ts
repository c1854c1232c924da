interface ReaderLinks {
  readonly unsubscribe: string;
  readonly preferences: string;
}

/** A reader's own, or what strangers find in their place: they have nothing to unsubscribe from. */
export type DigestLinks = { readonly view: string } & (ReaderLinks | { readonly subscribe: string });

/** A mailed issue is a template: the mailer replaces these for each recipient. */
export const readerPlaceholders: ReaderLinks = {
  unsubscribe: '{{unsubscribe}}',
  preferences: '{{preferences}}',
};

/** Short, so that a text of braces is not many times as long as a template. */
const placeholderByCharacter: ReadonlyMap<string, string> = new Map([
  ['{', 'o'],
  ['}', 'c'],
  ['\\', 'b'],
]);

/** What the mailer fills in for every recipient, besides the reader's own links. */
export const literalReplacements: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from(placeholderByCharacter, ([character, name]) => [name, character]),
);

/**
 * Replaces each `{{name}}` with the recipient's value, once and without escaping, as SES does.
 * @throws when there is no value for a name
 */
export const fillPlaceholders = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => {
    const known = Object.hasOwn(values, name) ? values : literalReplacements;
    const value = Object.hasOwn(known, name) ? known[name] : undefined;
    if (value === undefined) throw new Error(`the email has the placeholder {{${name}}}, for which there is no value`);
    return value;
  });

/** Text that readers see as braces, and SES does not take for a placeholder. */
export const escapeHtmlBraces = (html: string): string => html.replaceAll('{{', '&#123;&#123;');

/**
 * A plain text as a template that gives it as it was typed. Text has no character references, so placeholders stand for
 * the braces, and for braces and backslashes beside them, which mean something else there in templates (Handlebars).
 */
export const escapeTextBraces = (text: string): string =>
  text.replace(/[{}\\]{2,}/g, (run) =>
    run.includes('{{') ? Array.from(run, (character) => `{{${placeholderByCharacter.get(character)}}}`).join('') : run,
  );

/** Clean text never contains U+0000. */
const toLinkMarker = (name: string): string => `\u0000${name}\u0000`;

/**
 * Stand for the links while a digest is rendered, so that braces in articles can be escaped before links are filled in.
 */
export const linkMarkers = {
  view: toLinkMarker('view'),
  unsubscribe: toLinkMarker('unsubscribe'),
  preferences: toLinkMarker('preferences'),
  subscribe: toLinkMarker('subscribe'),
};

const fillLinkMarkers = (rendered: string, links: DigestLinks): string =>
  Object.entries(links).reduce((filled, [name, link]) => filled.replaceAll(toLinkMarker(name), () => link), rendered);

export const fillHtmlLinks = (rendered: string, links: DigestLinks): string =>
  fillLinkMarkers(escapeHtmlBraces(rendered), links);

export const fillTextLinks = (rendered: string, links: DigestLinks): string =>
  fillLinkMarkers(escapeTextBraces(rendered), links);
