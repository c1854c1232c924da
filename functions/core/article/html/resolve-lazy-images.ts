import {
  type Element,
  findElement,
  findElements,
  getAttribute,
  getChildElements,
  getParentElement,
  hasText,
  type ParentNode,
  renameElement,
  setChildren,
  walkElements,
} from '../body/tree.ts';

const lazyAttributes =
  'data-src data-lazy-src data-original data-original-src data-hi-res-src data-full-src data-lazy data-lazyload data-lazy-load data-echo data-img-src data-image-src data-image data-orig-file data-large-file data-cfsrc data-delayed-url data-defer-src data-hires data-url'.split(
    ' ',
  );
const maxSources = 100;
const setAttributes = 'srcset data-srcset data-lazy-srcset data-lazysrcset data-original-set data-sizes-srcset'.split(
  ' ',
);

/** The widest picture of a set such as `a.jpg 400w, b.jpg 800w`. An address may have commas, but no spaces. */
const parseSourceSet = (set: string | undefined): string | undefined => {
  const parts = (set ?? '')
    .trim()
    .split(/,\s+|\s*,(?=https?:|\/)/)
    .slice(0, maxSources);
  const sources = parts.map((part) => {
    const [url = '', size = ''] = part.trim().split(/\s+/);
    return { url: url.replace(/,+$/, ''), width: Number.parseFloat(size) || 0 };
  });
  const found = sources.filter(({ url }) => url !== '' && !url.startsWith('data:'));
  return found.reduce<(typeof found)[number] | undefined>(
    (best, source) => (best && best.width >= source.width ? best : source),
    undefined,
  )?.url;
};

const findSourceInSet = (element: Element): string | undefined =>
  setAttributes.map((name) => parseSourceSet(getAttribute(element, name))).find(Boolean);

const findSourceInPicture = (picture: Element): string | undefined =>
  getChildElements(picture).map(findSourceInSet).find(Boolean);

const isPlaceholder = (src: string): boolean =>
  src.startsWith('data:') ||
  /placeholder|blank|spacer|transparent|^(?:grey|gray|pixel|dummy|lazy|loading|loader|1x1|spinner|px)\b/i.test(
    src.slice(src.lastIndexOf('/') + 1),
  );

const pictureTags = /^amp-(?:img|anim)$/;

/** A picture for browsers without scripts takes the place of one before it that only a script would load. */
const useFallbackImages = (top: ParentNode): void => {
  for (const noscript of findElements(top, ({ tagName }) => tagName === 'noscript')) {
    const image = findElement(noscript, ({ tagName }) => tagName === 'img');
    const parent = getParentElement(noscript);
    if (!image || !parent || parent.tagName === 'head') continue;
    const siblings = getChildElements(parent);
    const before = siblings[siblings.indexOf(noscript) - 1];
    const isThere = before && (before.tagName === 'img' || findElement(before, ({ tagName }) => tagName === 'img'));
    if (!isThere && !hasText(noscript))
      setChildren(
        parent,
        parent.childNodes.map((node) => (node === noscript ? image : node)),
      );
  }
};

/** Gives pictures that a script would load the address that it would use. */
export const resolveLazyImages = (top: ParentNode): void => {
  useFallbackImages(top);
  const sourceByPicture = new Map<Element, string | undefined>();
  const findLazySource = (image: Element): string | undefined => {
    const values = lazyAttributes.map((name) => getAttribute(image, name)?.trim());
    const source = values.find((value) => value && !value.startsWith('data:')) ?? findSourceInSet(image);
    const parent = getParentElement(image);
    if (source || parent?.tagName !== 'picture') return source;
    if (!sourceByPicture.has(parent)) sourceByPicture.set(parent, findSourceInPicture(parent));
    return sourceByPicture.get(parent);
  };
  for (const image of walkElements(top)) {
    if (pictureTags.test(image.tagName)) renameElement(image, 'img');
    if (image.tagName !== 'img') continue;
    const src = getAttribute(image, 'src')?.trim();
    if (src && !isPlaceholder(src)) continue;
    const source = findLazySource(image);
    if (source) image.attrs = [...image.attrs.filter(({ name }) => name !== 'src'), { name: 'src', value: source }];
  }
};
