import { attribute, detach, type Element, elementsIn, isElement, type Parent } from './tree.ts';

const neverRead = new Set(
  'script style noscript template svg math-x iframe object embed applet canvas audio video map link meta title head form-x input button select textarea option datalist dialog frameset frame noframes progress meter'.split(
    ' ',
  ),
);

const isHidden = (element: Element): boolean =>
  attribute(element, 'hidden') !== undefined ||
  /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attribute(element, 'style') ?? '') ||
  (attribute(element, 'aria-hidden') === 'true' && element.tagName !== 'img');

/** Takes out what no reader sees or reads: scripts, styles, controls, frames, comments, hidden elements. */
export const removeUnseen = (top: Parent): void => {
  for (const element of [...elementsIn(top)]) {
    if (neverRead.has(element.tagName) || isHidden(element)) detach(element);
    else
      for (const child of [...element.childNodes])
        if (child.nodeName === '#comment' && !isElement(child)) detach(child);
  }
};
