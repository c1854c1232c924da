import { type Element, getAttribute, walkAncestors } from '../body/tree.ts';
import { quantize } from '../text/quantize.ts';
import type { PageFeatures } from './page-features.ts';
import { findPurposes } from './purposes.ts';

const ancestorTags = new Set(
  'nav aside footer header form article main li table figure blockquote section details address center fieldset dl'.split(
    ' ',
  ),
);

function* extractAttributeFeatures(element: Element): Generator<string> {
  if (getAttribute(element, 'itemprop') === 'articleBody') yield 'articleBody';
  const isHidden = /display\s*:\s*none/i.test(getAttribute(element, 'style') ?? '');
  if (isHidden || getAttribute(element, 'hidden') !== undefined) yield 'hidden';
  if (getAttribute(element, 'aria-hidden') === 'true') yield 'aria-hidden';
}

/**
 * Creates a function that gives the features of an element by the elements above it; the two nearest count apart. An
 * element that wraps most of the prose distinguishes nothing: being in it gives another feature, or none.
 */
export const createPlaceFeatureExtractor = ({
  proseWords,
  maxProseWords,
}: PageFeatures): ((container: Element) => ReadonlySet<string>) => {
  const featuresByContainer = new Map<Element, ReadonlySet<string>>();
  const purposesByElement = new Map<Element, ReadonlySet<string>>();
  const getPurposes = (element: Element): ReadonlySet<string> => {
    const purposes = purposesByElement.get(element) ?? findPurposes(element);
    purposesByElement.set(element, purposes);
    return purposes;
  };
  function* extractElementFeatures(element: Element, height: number): Generator<string> {
    const proseShare = (proseWords.get(element) ?? 0) / maxProseWords;
    const wrapsProse = proseShare > 0.5;
    for (const purpose of getPurposes(element)) {
      if (height < 2) yield `near ${purpose}`;
      if (!wrapsProse) yield `in ${purpose}`;
      else if (purpose === 'body' || purpose === 'comments') yield `under ${purpose}`;
    }
    if (ancestorTags.has(element.tagName)) yield `${wrapsProse ? 'under' : 'in'} <${element.tagName}>`;
    yield* extractAttributeFeatures(element);
    if (height > 0 && height < 4) yield `up ${height} prose ${quantize(proseShare, [0, 0.05, 0.3, 0.8])}`;
  }
  return (container) => {
    const known = featuresByContainer.get(container);
    if (known) return known;
    const features = new Set<string>();
    let height = 0;
    for (const element of walkAncestors(container)) {
      if (element.tagName === 'body' || element.tagName === 'html') break;
      for (const feature of extractElementFeatures(element, height)) features.add(feature);
      height += 1;
    }
    featuresByContainer.set(container, features);
    return features;
  };
};
