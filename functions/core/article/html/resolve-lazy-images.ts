import {
  type Element,
  getAttribute,
  getChildElements,
  getParentElement,
  type ParentNode,
  walkElements,
} from '../body/tree.ts';

const lazyAttributes = 'data-src data-lazy-src data-original data-original-src data-hi-res-src data-full-src'.split(
  ' ',
);

const parseFirstSource = (set: string | undefined): string | undefined => {
  const source = set?.trim().split(/[\s,]/, 1)[0];
  return source?.startsWith('data:') ? undefined : source;
};

const findSourceInSet = (element: Element): string | undefined =>
  ['srcset', 'data-srcset'].map((name) => parseFirstSource(getAttribute(element, name))).find(Boolean);

const findSourceInPicture = (picture: Element): string | undefined => {
  for (const child of getChildElements(picture)) {
    const source = parseFirstSource(getAttribute(child, 'srcset') ?? getAttribute(child, 'data-srcset'));
    if (source) return source;
  }
  return undefined;
};

const isPlaceholder = (src: string): boolean =>
  src.startsWith('data:') || /placeholder|blank|spacer|transparent/i.test(src.slice(src.lastIndexOf('/') + 1));

export const resolveLazyImages = (top: ParentNode): void => {
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
    if (image.tagName !== 'img') continue;
    const src = getAttribute(image, 'src')?.trim();
    if (src && !isPlaceholder(src)) continue;
    const source = findLazySource(image);
    if (source) image.attrs = [...image.attrs.filter(({ name }) => name !== 'src'), { name: 'src', value: source }];
  }
};
