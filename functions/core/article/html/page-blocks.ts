import { cleanLine } from '../../text/clean-text.ts';
import {
  type ChildNode,
  type Element,
  findElement,
  getTextContent,
  getTextLine,
  isElement,
  isTextNode,
} from '../body/tree.ts';

/** A stretch of text that a browser shows as lines of their own: a paragraph, a cell, what stands between two breaks. */
export interface PageBlock {
  readonly text: string;
  /** The block element that the text stands in. */
  readonly container: Element;
  /** The nodes that make it up, to be taken out with it. */
  readonly nodes: readonly ChildNode[];
  /** Share of the text that stands in links, and how many links. */
  readonly linkShare: number;
  readonly linkCount: number;
}

const inlineTags = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** Elements that stand within a line: inline ones without a break or block in them. */
const findInlineElements = (page: Element): ReadonlySet<Element> => {
  const inline = new Set<Element>();
  const visit = (element: Element): boolean => {
    let within = inlineTags.has(element.tagName);
    for (const child of element.childNodes) if (isElement(child) && !visit(child)) within = false;
    if (within) inline.add(element);
    return within;
  };
  visit(page);
  return inline;
};

const countLinkCharacters = (node: ChildNode): number => {
  if (!isElement(node)) return 0;
  if (node.tagName === 'a') return getTextLine(node).length;
  return node.childNodes.reduce((sum, child) => sum + countLinkCharacters(child), 0);
};

const countLinks = (node: ChildNode): number => {
  if (!isElement(node)) return 0;
  return Number(node.tagName === 'a') + node.childNodes.reduce((sum, child) => sum + countLinks(child), 0);
};

/** A picture's caption comes and goes with the picture. */
const isCaption = (element: Element): boolean =>
  element.tagName === 'figcaption' &&
  element.parentNode !== null &&
  findElement(element.parentNode, ({ tagName }) => tagName === 'img') !== undefined;

const toPageBlock = (nodes: readonly ChildNode[], home: Element, inLink: boolean): PageBlock | undefined => {
  const text = cleanLine(nodes.map(getTextContent).join(''));
  if (text === '') return undefined;
  const inLinks = inLink ? text.length : nodes.reduce((sum, node) => sum + countLinkCharacters(node), 0);
  const links = nodes.reduce((sum, node) => sum + countLinks(node), Number(inLink));
  return { text, container: home, nodes, linkShare: Math.min(1, inLinks / text.length), linkCount: links };
};

/** Parts the text of a page into blocks, in document order. */
export const splitPageBlocks = (page: Element): PageBlock[] => {
  const inline = findInlineElements(page);
  const blocks: PageBlock[] = [];
  const visit = (element: Element, home: Element, inLink: boolean): void => {
    let run: ChildNode[] = [];
    const close = (): void => {
      const block = run.length > 0 ? toPageBlock(run, home, inLink) : undefined;
      if (block) blocks.push(block);
      run = [];
    };
    for (const child of element.childNodes) {
      if (isTextNode(child) || (isElement(child) && inline.has(child))) {
        run.push(child);
      } else if (isElement(child) && !isCaption(child)) {
        close();
        const isBlock = !inlineTags.has(child.tagName) && child.tagName !== 'br';
        visit(child, isBlock ? child : home, inLink || child.tagName === 'a');
      }
    }
    close();
  };
  visit(page, page, false);
  return blocks;
};
