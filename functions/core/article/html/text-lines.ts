import { cleanLine } from '../clean-text.ts';
import { type Child, isElement, isText, type Parent } from './tree.ts';

const inline = new Set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q ruby s samp small span strike strong sub sup time tt u var wbr nobr'.split(
    ' ',
  ),
);

const gather = (node: Child | Parent, lines: string[]): void => {
  if (isText(node)) lines.push(`${lines.pop() ?? ''}${node.value.replace(/\s+/g, ' ')}`);
  else if (node.nodeName === 'br') lines.push('');
  else if ('childNodes' in node) {
    const parts = isElement(node) && !inline.has(node.tagName);
    if (parts) lines.push('');
    for (const child of node.childNodes) gather(child, lines);
    if (parts) lines.push('');
  }
};

/** The text below a node, a line for each block and after each `<br>`, clean, without empty lines. */
export const textLines = (top: Child | Parent): string[] => {
  const lines: string[] = [''];
  gather(top, lines);
  return lines.map(cleanLine).filter((line) => line !== '');
};
