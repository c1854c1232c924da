import { type DefaultTreeAdapterMap, type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';
import { SeedRejected } from '../../article.ts';

/** No article comes near these limits. What exceeds them is an attack or a broken generator. */
const maxNestingDepth = 600;
const maxElements = 200_000;
const maxAttributesPerTag = 2_000;

const tagOpening = /<[a-z][^\s/>]*/gi;
const oneAttribute = /[\s/]*[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?/y;

/** The parser compares each attribute with all others of its tag, which takes time with the square of their number. */
const checkAttributeCounts = (html: string): void => {
  for (const { index, 0: opening } of html.matchAll(tagOpening)) {
    oneAttribute.lastIndex = index + opening.length;
    let count = 0;
    while (count <= maxAttributesPerTag && oneAttribute.test(html)) count += 1;
    if (count > maxAttributesPerTag)
      throw new SeedRejected(`The HTML has a tag of more than ${maxAttributesPerTag} attributes.`);
  }
};

/**
 * Parses HTML as browsers do, however broken it is. A fragment gets an `<html>` and a `<body>`.
 * @throws {SeedRejected} for markup that is nested too deep or has too many elements or attributes
 */
export const parseHtml = (html: string): DefaultTreeAdapterTypes.Document => {
  checkAttributeCounts(html);
  let depth = 0;
  let elements = 0;
  const treeAdapter = {
    ...defaultTreeAdapter,
    createElement(...made: Parameters<typeof defaultTreeAdapter.createElement>) {
      elements += 1;
      if (elements > maxElements) throw new SeedRejected(`The HTML has more than ${maxElements} elements.`);
      return defaultTreeAdapter.createElement(...made);
    },
    onItemPush() {
      depth += 1;
      if (depth > maxNestingDepth) {
        throw new SeedRejected(`The HTML is nested more than ${maxNestingDepth} elements deep.`);
      }
    },
    onItemPop() {
      depth -= 1;
    },
  };
  return parse<DefaultTreeAdapterMap>(html, { treeAdapter, scriptingEnabled: false });
};
