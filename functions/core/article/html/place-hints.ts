import { namedPurposes } from './name-hints.ts';
import type { Scene } from './scene.ts';
import { step } from './step.ts';
import { attribute, type Element, parentElement } from './tree.ts';

const farTags = new Set(
  'nav aside footer header form article main li table figure blockquote section details address center fieldset dl'.split(
    ' ',
  ),
);

/** What the places above a block say of it, the nearest three apart from the rest; wrappers of nearly all prose say nothing. */
export const placeHints = ({ proseIn, allProse }: Scene): ((home: Element) => ReadonlySet<string>) => {
  const known = new Map<Element, ReadonlySet<string>>();
  const purposes = new Map<Element, ReadonlySet<string>>();
  const purposesOf = (element: Element): ReadonlySet<string> => {
    const found = purposes.get(element) ?? namedPurposes(element);
    purposes.set(element, found);
    return found;
  };
  return (home) => {
    const before = known.get(home);
    if (before) return before;
    const hints = new Set<string>();
    let height = 0;
    for (let at: Element | undefined = home; at; at = parentElement(at)) {
      const share = (proseIn.get(at) ?? 0) / allProse;
      const wraps = share > 0.5;
      if (at.tagName === 'body' || at.tagName === 'html') break;
      for (const purpose of purposesOf(at)) {
        if (height < 2) hints.add(`near ${purpose}`);
        if (!wraps) hints.add(`in ${purpose}`);
        else if (purpose === 'body' || purpose === 'talk') hints.add(`under ${purpose}`);
      }
      if (farTags.has(at.tagName)) hints.add(wraps ? `under <${at.tagName}>` : `in <${at.tagName}>`);
      if (attribute(at, 'itemprop') === 'articleBody') hints.add('articleBody');
      if (/display\s*:\s*none/i.test(attribute(at, 'style') ?? '') || attribute(at, 'hidden') !== undefined)
        hints.add('hidden');
      if (attribute(at, 'aria-hidden') === 'true') hints.add('aria-hidden');
      if (height > 0 && height < 4) hints.add(`up ${height} prose ${step(share, [0, 0.05, 0.3, 0.8])}`);
      height += 1;
    }
    known.set(home, hints);
    return hints;
  };
};
