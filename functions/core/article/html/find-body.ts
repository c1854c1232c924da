import { hasBodyName } from './chrome-names.ts';
import { measureAll, sizeIn } from './measure.ts';
import { attribute, childElements, type Element, findElements } from './tree.ts';

const enough = 0.8;

/** The smallest element that holds nearly all of the prose below `top`. */
export const findBody = (top: Element): Element => {
  const measures = measureAll(top);
  const prose = (element: Element): number => sizeIn(measures, element).prose;
  let body = top;
  for (;;) {
    const next = childElements(body).find((child) => prose(child) >= prose(top) * enough);
    if (!next || /^(?:p|blockquote|ul|ol|table|tbody|tr|pre)$/.test(next.tagName)) break;
    body = next;
  }
  const marked = findElements(
    body,
    (element) => attribute(element, 'itemprop') === 'articleBody' || hasBodyName(element),
  ).filter((element) => prose(element) >= prose(body) * 0.7);
  return marked.at(-1) ?? body;
};
