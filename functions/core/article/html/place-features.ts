import { type Element, getAttribute, getParentElement } from '../body/tree.ts';
import { quantize } from '../text/quantize.ts';
import type { PageFeatures } from './page-features.ts';
import { findPurposes } from './purposes.ts';

const ancestorTags = new Set(
  'nav aside footer header form article main li table figure blockquote section details address center fieldset dl'.split(
    ' ',
  ),
);

/** What the places above a block say of it, the nearest three apart from the rest; wrappers of nearly all prose say nothing. */
export const createPlaceFeatureExtractor = ({
  proseWords,
  maxProseWords,
}: PageFeatures): ((home: Element) => ReadonlySet<string>) => {
  const known = new Map<Element, ReadonlySet<string>>();
  const purposes = new Map<Element, ReadonlySet<string>>();
  const purposesOf = (element: Element): ReadonlySet<string> => {
    const found = purposes.get(element) ?? findPurposes(element);
    purposes.set(element, found);
    return found;
  };
  return (home) => {
    const before = known.get(home);
    if (before) return before;
    const features = new Set<string>();
    let height = 0;
    for (let at: Element | undefined = home; at; at = getParentElement(at)) {
      const share = (proseWords.get(at) ?? 0) / maxProseWords;
      const wraps = share > 0.5;
      if (at.tagName === 'body' || at.tagName === 'html') break;
      for (const purpose of purposesOf(at)) {
        if (height < 2) features.add(`near ${purpose}`);
        if (!wraps) features.add(`in ${purpose}`);
        else if (purpose === 'body' || purpose === 'comments') features.add(`under ${purpose}`);
      }
      if (ancestorTags.has(at.tagName)) features.add(wraps ? `under <${at.tagName}>` : `in <${at.tagName}>`);
      if (getAttribute(at, 'itemprop') === 'articleBody') features.add('articleBody');
      if (/display\s*:\s*none/i.test(getAttribute(at, 'style') ?? '') || getAttribute(at, 'hidden') !== undefined)
        features.add('hidden');
      if (getAttribute(at, 'aria-hidden') === 'true') features.add('aria-hidden');
      if (height > 0 && height < 4) features.add(`up ${height} prose ${quantize(share, [0, 0.05, 0.3, 0.8])}`);
      height += 1;
    }
    known.set(home, features);
    return features;
  };
};
