import { escapeAttribute, escapeText } from './escape-markup.ts';

/** In the order given; an attribute that is undefined is left out. */
type XmlAttributes = Readonly<Record<string, string | undefined>>;

export interface XmlElement {
  readonly name: string;
  readonly attributes: XmlAttributes;
  readonly children: readonly (XmlElement | string)[];
}

export const buildElement = (
  name: string,
  attributes: XmlAttributes = {},
  children: XmlElement['children'] = [],
): XmlElement => ({ name, attributes, children });

export const listElements = ({ children }: XmlElement): XmlElement[] =>
  children.filter((child) => typeof child !== 'string');

/** How a document is laid out: an element that holds elements is printed on several lines. */
interface XmlLayout {
  readonly indent: number;
  readonly oneLine?: readonly string[];
  readonly cdata?: readonly string[];
}

export const printXmlDocument = (root: XmlElement, layout: XmlLayout): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n${printLines(root, layout, '\n')}`;

const printLines = (element: XmlElement, layout: XmlLayout, newline: string): string => {
  const { name, children } = element;
  if (layout.cdata?.includes(name)) return printTags(element, printCdata(children.join('')));
  const elements = listElements(element);
  if (elements.length === 0 || layout.oneLine?.includes(name)) return printElement(element);
  const nextLine = newline + ' '.repeat(layout.indent);
  const lines = elements.map((child) => nextLine + printLines(child, layout, nextLine));
  return printTags(element, lines.join('') + newline);
};

export const printElement = (element: XmlElement): string =>
  printTags(
    element,
    element.children.map((child) => (typeof child === 'string' ? escapeText(child) : printElement(child))).join(''),
  );

const printTags = ({ name, attributes }: XmlElement, content: string): string => {
  const printed = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? '' : ` ${key}="${escapeAttribute(value)}"`,
  );
  const start = `<${name}${printed.join('')}`;
  return content === '' ? `${start}/>` : `${start}>${content}</${name}>`;
};

/** A section ends at the first `]]>`, so text that holds one is printed as two sections. */
const printCdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
