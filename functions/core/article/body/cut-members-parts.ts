import type { CutText } from '../../article.ts';
import { cleanLine } from '../../text/clean-text.ts';
import {
  type ChildNode,
  createTreeElement,
  type Element,
  getAttribute,
  getTextLines,
  isCommentNode,
  isElement,
  type ParentNode,
  removeNodes,
  setChildren,
} from './tree.ts';

/** Below these, a text is for members: of Ghost and Jetpack, and of Substack. */
const dividingComment = /^\s*(?:members-only|wp:jetpack\/paywall)\b/;
const isDivider = (node: ChildNode): boolean =>
  isCommentNode(node)
    ? dividingComment.test(node.data)
    : isElement(node) &&
      ((getAttribute(node, 'class') ?? '').split(/\s+/).includes('paywall-jump') ||
        getAttribute(node, 'data-component-name') === 'PaywallToDOM');

/** Between these, too: blocks of Jetpack, and of Ghost where they are not for everybody. */
const openingComment =
  /^\s*(?:wp:(premium-content\/(?:container|subscriber-view)|jetpack\/paid-content)\b|kg-gated-block:begin\b.*nonMember:false)/;
const closingComment =
  /^\s*(?:\/wp:(?:premium-content\/(?:container|subscriber-view)|jetpack\/paid-content)\b|kg-gated-block:end)/;

const findMembersNodes = (top: ParentNode): ChildNode[] => {
  const found: ChildNode[] = [];
  let isBelow = false;
  const visit = ({ childNodes }: ParentNode): void => {
    let isWithin = false;
    for (const child of childNodes) {
      if (isBelow || isWithin) found.push(child);
      if (isCommentNode(child) && closingComment.test(child.data)) isWithin = false;
      else if (isCommentNode(child) && openingComment.test(child.data)) isWithin = true;
      if (isDivider(child)) isBelow = true;
      else if (isElement(child) && !isBelow && !isWithin) visit(child);
    }
  };
  visit(top);
  return found;
};

/** Takes out what is for members alone, and lists it in one part. */
export const cutMembersParts = (body: Element): CutText[] => {
  const nodes = findMembersNodes(body);
  if (nodes.length === 0) return [];
  removeNodes(nodes);
  const box = createTreeElement('div');
  setChildren(box, nodes);
  const text = getTextLines(box).map(cleanLine).join(' ');
  return text === '' ? [] : [{ text, reason: 'for members alone' }];
};
