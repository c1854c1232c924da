/** Plain text as it stands between the tags of XML or HTML. */
export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Plain text as it stands in double quotes; good between tags too. */
export const escapeAttribute = (text: string): string => escapeText(text).replaceAll('"', '&quot;');

/** In the order given; one that is undefined is left out. */
type XmlAttributes = Readonly<Record<string, string | undefined>>;

/** A start tag, such as `<rss version="2.0">`. */
export const buildStartTag = (name: string, attributes: XmlAttributes): string => {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? '' : ` ${key}="${escapeAttribute(value)}"`,
  );
  return `<${name}${written.join('')}>`;
};

/** An element around children that are XML already; without children it is closed at once. */
export const buildElement = (name: string, attributes: XmlAttributes, children = ''): string => {
  const start = buildStartTag(name, attributes);
  return children === '' ? `${start.slice(0, -1)}/>` : `${start}${children}</${name}>`;
};

/** An element that holds plain text. */
export const buildTextElement = (name: string, text: string): string =>
  buildElement(name, {}, escapeText(text));
