import { type DefaultTreeAdapterMap, type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from 'parse5';
import { SeedRejected } from '../../article.ts';
import { type ChildNode, type Element, isTextNode, type ParentNode } from './tree.ts';

/** No article comes near these limits. What exceeds them is an attack or a broken generator. */
const maxNestingDepth = 350;
const maxElements = 100_000;
/** A parser compares each attribute with all others of its tag, which takes time with the square of their number. */
const maxAttributesPerTag = 2_000;

/** What is beyond Unicode is U+FFFD (HTML, 13.2.5.80). The parser fails where a number is too long to be finite. */
const hugeCharacterNumber = /&#(?:x0*[1-9a-f][\da-f]{7,}|0*[1-9]\d{7,})/gi;

const tagOpening = /<[a-z][^\s/>]*/gi;
const oneAttribute = /[\s/]*[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?/y;

/**
 * Counts attributes from every `<` on, as it is not known yet which of them are in a comment or a value. Where that
 * comes to the beginning of an attribute that was counted from an earlier `<`, the rest is known.
 */
const checkAttributeCounts = (html: string): void => {
  const countByPosition = new Map<number, number>();
  let end = 0;
  for (const { index, 0: opening } of html.matchAll(tagOpening)) {
    if (index >= end) countByPosition.clear();
    const positions: number[] = [];
    let at = index + opening.length;
    while (positions.length <= maxAttributesPerTag + 1 && !countByPosition.has(at)) {
      positions.push(at);
      oneAttribute.lastIndex = at;
      if (!oneAttribute.test(html)) break;
      at = oneAttribute.lastIndex;
    }
    const rest = countByPosition.get(at) ?? -1;
    const count = positions.length + rest;
    if (count > maxAttributesPerTag) {
      throw new SeedRejected(`The HTML has a tag of more than ${maxAttributesPerTag} attributes.`);
    }
    for (const [passed, position] of positions.entries()) countByPosition.set(position, count - passed);
    end = Math.max(end, at);
  }
};

/** Like the default, but fast for elements with many children: nodes are nearly always inserted near the end. */
const treeMethods = {
  insertBefore(parent: ParentNode, node: ChildNode, reference: ChildNode) {
    parent.childNodes.splice(parent.childNodes.lastIndexOf(reference), 0, node);
    node.parentNode = parent;
  },
  insertTextBefore(parent: ParentNode, text: string, reference: ChildNode) {
    const previous = parent.childNodes[parent.childNodes.lastIndexOf(reference) - 1];
    if (previous && isTextNode(previous)) previous.value += text;
    else treeMethods.insertBefore(parent, defaultTreeAdapter.createTextNode(text), reference);
  },
  detachNode(node: ChildNode) {
    const siblings = node.parentNode?.childNodes ?? [];
    siblings.splice(siblings[0] === node ? 0 : siblings.lastIndexOf(node), 1);
    node.parentNode = null;
  },
  adoptAttributes(recipient: Element, attributes: Parameters<typeof defaultTreeAdapter.adoptAttributes>[1]) {
    defaultTreeAdapter.adoptAttributes(recipient, attributes);
    if (recipient.attrs.length > maxAttributesPerTag)
      throw new SeedRejected(`The HTML has a tag of more than ${maxAttributesPerTag} attributes.`);
  },
};

/**
 * Parses HTML as browsers do, however broken it is. A fragment gets an `<html>` and a `<body>`.
 * @param withLocations keeps the positions of tags, which tell what was never closed
 * @throws {SeedRejected} for markup that is nested too deep or has too many elements or attributes
 */
export const parseHtml = (html: string, withLocations = false): DefaultTreeAdapterTypes.Document => {
  checkAttributeCounts(html);
  let depth = 0;
  let elements = 0;
  const treeAdapter = {
    ...defaultTreeAdapter,
    ...treeMethods,
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
  return parse<DefaultTreeAdapterMap>(html.replace(hugeCharacterNumber, '&#xfffd'), {
    treeAdapter,
    scriptingEnabled: false,
    sourceCodeLocationInfo: withLocations,
  });
};
