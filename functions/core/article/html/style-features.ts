import { getTextLine, isElement, isTextNode } from '../body/tree.ts';
import type { PageBlock } from './page-blocks.ts';

const styles = [
  ['bold', /^(?:b|strong)$/],
  ['italic', /^(?:i|em)$/],
  ['link', /^a$/],
  ['span', /^span$/],
] as const;

/** Whether all of a block is in one inline style, whether it begins in bold, and whether its container holds more. */
export function* extractStyleFeatures({ nodes, container }: PageBlock): Generator<string> {
  const texts = nodes.filter((node) => isTextNode(node) && node.value.trim() !== '');
  const elements = nodes.filter(isElement);
  const shown = texts.length === 0 ? elements.filter((element) => getTextLine(element) !== '') : [];
  for (const [style, tags] of styles)
    if (shown.length > 0 && shown.every(({ tagName }) => tags.test(tagName))) yield `all ${style}`;
  const [first] = nodes;
  if (texts.length > 0 && first && isElement(first) && /^(?:b|strong)$/.test(first.tagName)) yield 'begins bold';
  if (container.childNodes.length > nodes.length) yield 'part';
}
