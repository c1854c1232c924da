import { type Element, getAttribute, walkAncestors } from '../body/tree.ts';
import { quantize } from '../text/quantize.ts';
import type { PageFeatures } from './page-features.ts';
import { findPurposes } from './purposes.ts';

const ancestorTags = new Set(
  'nav aside footer header form article main li table figure blockquote section details address center fieldset dl'.split(
    ' ',
  ),
);

interface Place {
  readonly purposes: ReadonlySet<string>;
  readonly proseShare: number;
  readonly attributeFeatures: readonly string[];
}

function* extractAttributeFeatures(element: Element): Generator<string> {
  if (getAttribute(element, 'itemprop') === 'articleBody') yield 'articleBody';
  const isHidden = /display\s*:\s*none/i.test(getAttribute(element, 'style') ?? '');
  if (isHidden || getAttribute(element, 'hidden') !== undefined) yield 'hidden';
  if (getAttribute(element, 'aria-hidden') === 'true') yield 'aria-hidden';
}

/** An element that wraps most of the prose distinguishes nothing: being in it gives another feature, or none. */
function* extractAncestorFeatures(tagName: string, place: Place, height: number): Generator<string> {
  const wrapsProse = place.proseShare > 0.5;
  for (const purpose of place.purposes) {
    if (height < 2) yield `near ${purpose}`;
    if (!wrapsProse) yield `in ${purpose}`;
    else if (purpose === 'body' || purpose === 'comments') yield `under ${purpose}`;
  }
  if (ancestorTags.has(tagName)) yield `${wrapsProse ? 'under' : 'in'} <${tagName}>`;
  yield* place.attributeFeatures;
  if (height > 0 && height < 4) yield `up ${height} prose ${quantize(place.proseShare, [0, 0.05, 0.3, 0.8])}`;
}

/** Creates a function that gives the features of an element by the elements above it; the two nearest count apart. */
export const createPlaceFeatureExtractor = ({
  proseWords,
  maxProseWords,
}: PageFeatures): ((container: Element) => ReadonlySet<string>) => {
  const featuresByContainer = new Map<Element, ReadonlySet<string>>();
  const places = new Map<Element, Place>();
  const getPlace = (element: Element): Place => {
    const place = places.get(element) ?? {
      purposes: findPurposes(element),
      proseShare: (proseWords.get(element) ?? 0) / maxProseWords,
      attributeFeatures: [...extractAttributeFeatures(element)],
    };
    places.set(element, place);
    return place;
  };
  return (container) => {
    const known = featuresByContainer.get(container);
    if (known) return known;
    const features = new Set<string>();
    let height = 0;
    for (const element of walkAncestors(container)) {
      if (element.tagName === 'body' || element.tagName === 'html') break;
      for (const each of extractAncestorFeatures(element.tagName, getPlace(element), height)) features.add(each);
      height += 1;
    }
    featuresByContainer.set(container, features);
    return features;
  };
};
