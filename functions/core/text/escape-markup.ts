export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Of markup that has no other references than those that are written here. */
export const unescapeMarkup = (markup: string): string =>
  markup
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&nbsp;', '\u00a0')
    .replaceAll('&amp;', '&');

export const escapeAttribute = (text: string): string => escapeText(text).replaceAll('"', '&quot;');
