import { cleanLine } from '../clean-text.ts';
import { type Child, type Element, findElement, isElement, isText, lineOf, textOf } from './tree.ts';

/** A stretch of text that a browser shows as lines of their own: a paragraph, a cell, what stands between two breaks. */
export interface Block {
  readonly text: string;
  /** The block element that the text stands in. */
  readonly home: Element;
  /** The nodes that make it up, to be taken out with it. */
  readonly nodes: readonly Child[];
  /** Share of the text that stands in links, and how many links. */
  readonly linked: number;
  readonly links: number;
}

const inlineTags = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** Elements that stand within a line: inline ones without a break or block in them. */
const linesOf = (page: Element): ReadonlySet<Element> => {
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

const linkText = (node: Child): number => {
  if (!isElement(node)) return 0;
  if (node.tagName === 'a') return lineOf(node).length;
  return node.childNodes.reduce((sum, child) => sum + linkText(child), 0);
};

const linkCount = (node: Child): number => {
  if (!isElement(node)) return 0;
  return Number(node.tagName === 'a') + node.childNodes.reduce((sum, child) => sum + linkCount(child), 0);
};

/** A picture's caption comes and goes with the picture. */
const isCaption = (element: Element): boolean =>
  element.tagName === 'figcaption' &&
  element.parentNode !== null &&
  findElement(element.parentNode, ({ tagName }) => tagName === 'img') !== undefined;

const blockOf = (nodes: readonly Child[], home: Element, inLink: boolean): Block | undefined => {
  const text = cleanLine(nodes.map(textOf).join(''));
  if (text === '') return undefined;
  const inLinks = inLink ? text.length : nodes.reduce((sum, node) => sum + linkText(node), 0);
  const links = nodes.reduce((sum, node) => sum + linkCount(node), Number(inLink));
  return { text, home, nodes, linked: Math.min(1, inLinks / text.length), links };
};

/** Parts the text of a page into blocks, in document order. */
export const readBlocks = (page: Element): Block[] => {
  const inline = linesOf(page);
  const blocks: Block[] = [];
  const visit = (element: Element, home: Element, inLink: boolean): void => {
    let run: Child[] = [];
    const close = (): void => {
      const block = run.length > 0 ? blockOf(run, home, inLink) : undefined;
      if (block) blocks.push(block);
      run = [];
    };
    for (const child of element.childNodes) {
      if (isText(child) || (isElement(child) && inline.has(child))) {
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
