import { hasChromeName, isConversation } from './chrome-names.ts';
import { linkDensity, measureAll, sizeIn } from './measure.ts';
import { attribute, detach, type Element, elementsIn, isInside } from './tree.ts';

const chromeTags = new Set(['nav', 'aside', 'footer', 'menu', 'form']);

/** No part of a page is chrome when so much of the page's prose stands in it. */
const largestChrome = 0.4;

const holdsOneOf = (element: Element, kept: readonly Element[]): boolean =>
  kept.some((each) => isInside(each, element));

/** Takes out what its tag, role or name calls chrome, unless it holds one of `kept` or much of the prose below `top`. */
export const pruneChrome = (top: Element, kept: readonly Element[]): void => {
  const measures = measureAll(top);
  const whole = sizeIn(measures, top).prose;
  for (const element of [...elementsIn(top)]) {
    if (!element.parentNode || element.tagName === 'body' || element.tagName === 'main') continue;
    if (attribute(element, 'itemprop') === 'articleBody' || holdsOneOf(element, kept)) continue;
    if (isConversation(element)) {
      detach(element);
      continue;
    }
    const { prose } = sizeIn(measures, element);
    if (prose > whole * largestChrome) continue;
    if (chromeTags.has(element.tagName) || hasChromeName(element)) detach(element);
  }
};

const groupTags = new Set(['ul', 'ol', 'div', 'section', 'table', 'dl', 'p', 'td', 'article']);

/** Takes out lists and boxes that are nearly all links. */
export const pruneLinkLists = (top: Element): void => {
  const measures = measureAll(top);
  for (const element of [...elementsIn(top)]) {
    if (!element.parentNode || !groupTags.has(element.tagName)) continue;
    const size = sizeIn(measures, element);
    if (size.links >= 3 && linkDensity(size) > 0.7 && size.prose < 200) detach(element);
  }
};
