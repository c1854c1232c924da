import { Parser } from 'htmlparser2';
import { listElements, type XmlElement } from '../text/xml.ts';

const referenceScheme = 'seedpress-text:';

/**
 * Parses the document that the `feed` package prints, so that it can be completed as data.
 *
 * The package does not escape `<` in attributes, splits CDATA only at the first `]]>`, takes `&amp;` in a text for `&`,
 * and normalizes ids as if all were web addresses. So it is given a reference in place of each text, and the texts are
 * put into the parsed document.
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

interface OpenElement extends XmlElement {
  readonly children: (XmlElement | string)[];
}

/** @param resolve gives the text that a printed text or attribute value stands for */
const parseXml = (xml: string, resolve: (printed: string) => string): XmlElement => {
  const document: OpenElement = { name: '', attributes: {}, children: [] };
  const open = [document];
  const parser = new Parser(
    {
      onopentag: (name, printed) => {
        const attributes = Object.fromEntries(Object.entries(printed).map(([key, value]) => [key, resolve(value)]));
        const element: OpenElement = { name, attributes, children: [] };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      ontext: (printed) => {
        const isIndentation = printed.trim() === '';
        if (!isIndentation) open.at(-1)?.children.push(resolve(printed));
      },
      onclosetag: () => {
        open.pop();
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  const [root] = listElements(document);
  if (!root) throw new Error('the feed package printed no document');
  return root;
};
