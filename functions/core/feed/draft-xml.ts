import { type Element, type ElementCompact, xml2js } from 'xml-js';
import { listElements, type XmlElement } from '../text/xml.ts';

const referenceScheme = 'seedpress-text:';

/**
 * Parses the document that the `feed` package prints, so that it can be completed as data.
 *
 * The package does not escape `<` in attributes, splits CDATA only at the first `]]>`, takes `&amp;` in a text for `&`,
 * and normalizes ids as if all were web addresses. So it is given a reference in place of each text, and the texts are
 * put into the parsed document. The parser is the one that the package brings along.
 * @param print gives the package's document; it passes each text through `refer`
 */
export const draftXml = (print: (refer: (text: string) => string) => string): XmlElement => {
  const texts = new Map<string, string>();
  const printed = print((text) => {
    // The package leaves out an element without text.
    if (text === '') return text;
    const reference = `${referenceScheme}${texts.size}`;
    texts.set(reference, text);
    return reference;
  });
  return parseXml(printed, (found) => texts.get(found) ?? found);
};

const isElement = (node: Element | ElementCompact): node is Element => Array.isArray(node.elements);

/** @param resolve gives the text that a printed text or attribute value stands for */
const parseXml = (xml: string, resolve: (printed: string) => string): XmlElement => {
  const toElement = ({ name = '', attributes = {}, elements = [] }: Element): XmlElement => ({
    name,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([key, value]) => [key, value === undefined ? undefined : resolve(String(value))]),
    ),
    children: elements.flatMap((child): (XmlElement | string)[] => {
      if (child.type === 'element') return [toElement(child)];
      const printed = child.cdata ?? child.text;
      return printed === undefined ? [] : [resolve(String(printed))];
    }),
  });
  const document = xml2js(xml, { compact: false });
  const [root] = isElement(document) ? listElements(toElement(document)) : [];
  if (!root) throw new Error('the feed package printed no document');
  return root;
};
