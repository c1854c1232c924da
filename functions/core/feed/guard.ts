import { escapeAttribute } from './xml.ts';

/**
 * The `feed` package leaves `<` in attributes as it is, cuts only the first `]]>` out of a CDATA section, takes `&amp;`
 * in a text for `&`, and normalizes ids as if all were web addresses. So no value is handed to it as it stands. A
 * guarded value has no & < or > and comes out as it went in: whatever looks like a tag in what the package writes
 * is a tag, and can be found by its name. `release` then puts the values back, escaped as their place demands.
 */
export const guard = (value: string): string =>
  value.replaceAll('%', '%25').replaceAll('&', '%26').replaceAll('<', '%3C').replaceAll('>', '%3E');

const opaque = 'opaque:';

/** Guards an id so that it is no web address to the package, and keeps every letter. */
export const guardId = (id: string): string => opaque + encodeURIComponent(id.toWellFormed());

/** Keeps XML that is written already, and is put among guarded values, as it is. */
export const guardMarkup = (xml: string): string => xml.replaceAll('%', '%25');

/** CDATA of an element that holds HTML, other CDATA marks, and guarded characters. */
const guarded = /(?<=<content[^>]*>)<!\[CDATA\[([^<>]*)\]\]>|<!\[CDATA\[|\]\]>|(?:%[0-9A-F]{2})+/g;

/**
 * Gives XML that was made of guarded values its values back. CDATA stays for HTML alone, to keep it short and legible:
 * in a plain text, some readers take `<!-- -->` for a comment even there.
 */
export const release = (xml: string): string =>
  xml.replaceAll(`<id>${opaque}`, '<id>').replace(guarded, (found, html: string | undefined) => {
    if (html !== undefined) {
      return `<![CDATA[${decodeURIComponent(html).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
    }
    return found.startsWith('%') ? escapeAttribute(decodeURIComponent(found)) : '';
  });
