import { type ChildNode, isElement, isTextNode, type ParentNode } from './tree.ts';

/** Scripts that part neither words nor sentences by blanks, with their punctuation. */
const wide = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60ー`;
const breakWithin = new RegExp(`(?<=[${wide}])[ \\t]{0,20}\\n[ \\t]{0,20}(?=[${wide}])`, 'gu');
const breakAtEnd = new RegExp(`[${wide}][ \\t]{0,20}\\n[ \\t]{0,20}$`, 'u');
const startsWide = new RegExp(`^[${wide}]`, 'u');
const endsWide = new RegExp(`[${wide}]$`, 'u');
const breakAtStart = new RegExp(`^[ \\t]{0,20}\\n[ \\t]{0,20}(?=[${wide}])`, 'u');

const preservedTags = /^(?:pre|textarea|code|kbd|samp)$/;
const inlineTags = /^(?:a|abbr|b|strong|i|em|u|s|del|ins|mark|q|cite|span|small|sub|sup|ruby|time|bdi|font)$/;

/** Joins Chinese and Japanese lines that were broken by hand, within sentences and at the edges of inline elements. */
export const joinUnspacedLines = (top: ParentNode): void => {
  let before = '';
  let pending: { value: string } | undefined;
  const visit = (node: ChildNode): void => {
    if (isTextNode(node)) {
      let text = node.value.replace(breakWithin, '');
      if (pending && startsWide.test(text)) pending.value = pending.value.trimEnd();
      if (endsWide.test(before)) text = text.replace(breakAtStart, '');
      node.value = text;
      pending = breakAtEnd.test(text.slice(-50)) ? node : undefined;
      before = text.slice(-2);
      return;
    }
    if (!isElement(node)) return;
    const isInline = inlineTags.test(node.tagName);
    if (!isInline) [before, pending] = ['', undefined];
    if (!preservedTags.test(node.tagName)) for (const child of node.childNodes) visit(child);
    if (!isInline) [before, pending] = ['', undefined];
  };
  for (const child of top.childNodes) visit(child);
};
