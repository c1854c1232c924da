import { cleanLine } from '../../text/clean-text.ts';
import { isEmbedElement } from '../body/find-embed.ts';
import {
  type ChildNode,
  type Element,
  findElement,
  getTextContent,
  getTextLine,
  isElement,
  isTextNode,
  type ParentNode,
} from '../body/tree.ts';

/** A text that a browser shows on lines of its own: a paragraph, a cell, what is between two line breaks. */
export interface PageBlock {
  readonly text: string;
  readonly container: Element;
  readonly nodes: readonly ChildNode[];
  readonly linkShare: number;
  readonly linkCount: number;
}

const inlineTags = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** Inline elements without a line break or block in them. */
const findInlineElements = (page: Element): ReadonlySet<Element> => {
  const inline = new Set<Element>();
  const visit = (element: Element): boolean => {
    let isInline = inlineTags.has(element.tagName);
    for (const child of element.childNodes) if (isElement(child) && !visit(child)) isInline = false;
    if (isInline) inline.add(element);
    return isInline;
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

/** A caption is kept or dropped with its image. */
const createCaptionTest = (): ((element: Element) => boolean) => {
  const imageIn = new Map<ParentNode, boolean>();
  return ({ tagName, parentNode }) => {
    if (tagName !== 'figcaption' || parentNode === null) return false;
    const known = imageIn.get(parentNode) ?? findElement(parentNode, (each) => each.tagName === 'img') !== undefined;
    imageIn.set(parentNode, known);
    return known;
  };
};

const toPageBlock = (nodes: readonly ChildNode[], container: Element, inLink: boolean): PageBlock | undefined => {
  const text = cleanLine(nodes.map(getTextContent).join(''));
  if (text === '') return undefined;
  const linkLength = inLink ? text.length : nodes.reduce((sum, node) => sum + countLinkCharacters(node), 0);
  const linkCount = nodes.reduce((sum, node) => sum + countLinks(node), Number(inLink));
  return { text, container, nodes, linkShare: Math.min(1, linkLength / text.length), linkCount };
};

export const splitPageBlocks = (page: Element): PageBlock[] => {
  const inline = findInlineElements(page);
  const isCaption = createCaptionTest();
  const blocks: PageBlock[] = [];
  const visit = (element: Element, container: Element, inLink: boolean): void => {
    let run: ChildNode[] = [];
    const close = (): void => {
      const block = run.length > 0 ? toPageBlock(run, container, inLink) : undefined;
      if (block) blocks.push(block);
      run = [];
    };
    for (const child of element.childNodes) {
      if (isTextNode(child) || (isElement(child) && inline.has(child))) {
        run.push(child);
      } else if (isElement(child) && !isCaption(child) && !isEmbedElement(child)) {
        close();
        const isBlock = !inlineTags.has(child.tagName) && child.tagName !== 'br';
        visit(child, isBlock ? child : container, inLink || child.tagName === 'a');
      }
    }
    close();
  };
  visit(page, page, false);
  return blocks;
};
