import { type Element, getAttribute, getParentElement, isElement, walkElements } from '../body/tree.ts';
import type { PageBlock } from './page-blocks.ts';

const findHrefs = ({ container, nodes }: PageBlock): string[] => {
  const hrefs = nodes
    .flatMap((node) => (isElement(node) ? [node, ...walkElements(node)] : []))
    .flatMap((element) => (element.tagName === 'a' ? (getAttribute(element, 'href') ?? []) : []));
  if (hrefs.length > 0) return hrefs;
  for (let at: Element | undefined = container; at; at = getParentElement(at))
    if (at.tagName === 'a') return [getAttribute(at, 'href') ?? ''];
  return [];
};

/** Where the links of a block lead: within the page, to the same site, elsewhere, or to places for sharing. */
export function* extractLinkFeatures(block: PageBlock, host: string): Generator<string> {
  const links = findHrefs(block);
  if (links.length === 0) return;
  const share = (fits: (href: string) => boolean): boolean => links.filter(fits).length * 2 > links.length;
  if (share((href) => href.startsWith('#'))) yield 'links within';
  else if (
    share((href) =>
      /sharer|share\?|intent\/tweet|mailto:|pinterest\.|whatsapp|addtoany|addthis|digg\.com|del\.icio|reddit\.com\/submit/i.test(
        href,
      ),
    )
  )
    yield 'links share';
  else if (share((href) => !/^[a-z]+:/i.test(href) || (host !== '' && href.includes(host)))) yield 'links inside';
  else yield 'links outside';
  if (share((href) => /\/(?:tags?|topics?|category|categories|authors?|contributors?|profile)\//i.test(href)))
    yield 'links topic';
}
