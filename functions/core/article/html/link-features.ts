import { type Element, getAttribute, isElement, walkAncestors, walkElements } from '../body/tree.ts';
import type { PageBlock } from './page-blocks.ts';

const maxHrefLength = 500;

/** The blocks of one link are all looked at with its address. */
const getHref = (link: Element): string | undefined => getAttribute(link, 'href')?.slice(0, maxHrefLength);

const findHrefs = ({ container, nodes }: PageBlock): string[] => {
  const hrefs = nodes
    .flatMap((node) => (isElement(node) ? [node, ...walkElements(node)] : []))
    .flatMap((element) => (element.tagName === 'a' ? (getHref(element) ?? []) : []));
  if (hrefs.length > 0) return hrefs;
  for (const element of walkAncestors(container)) if (element.tagName === 'a') return [getHref(element) ?? ''];
  return [];
};

const shareHref =
  /sharer|share\?|intent\/tweet|mailto:|pinterest\.|whatsapp|addtoany|addthis|digg\.com|del\.icio|reddit\.com\/submit/i;
const topicHref = /\/(?:tags?|topics?|category|categories|authors?|contributors?|profile)\//i;

/** Where most links of a block lead: within the page, to sharing services, to the same site or elsewhere. */
export function* extractLinkFeatures(block: PageBlock, host: string): Generator<string> {
  const hrefs = findHrefs(block);
  if (hrefs.length === 0) return;
  const isMost = (fits: (href: string) => boolean): boolean => hrefs.filter(fits).length * 2 > hrefs.length;
  if (isMost((href) => href.startsWith('#'))) yield 'links within';
  else if (isMost((href) => shareHref.test(href))) yield 'links share';
  else if (isMost((href) => !/^[a-z]+:/i.test(href) || (host !== '' && href.includes(host)))) yield 'links inside';
  else yield 'links outside';
  if (isMost((href) => topicHref.test(href))) yield 'links topic';
}
