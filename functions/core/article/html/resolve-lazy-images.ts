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

const parseFirstSource = (set: string | undefined): string | undefined => set?.trim().split(/[\s,]+/)[0];

const findLazySource = (image: Element): string | undefined => {
  for (const name of lazyAttributes) {
    const value = getAttribute(image, name)?.trim();
    if (value && !value.startsWith('data:')) return value;
  }
  const parent = getParentElement(image);
  const sources =
    parent?.tagName === 'picture'
      ? getChildElements(parent).map((source) => getAttribute(source, 'srcset') ?? getAttribute(source, 'data-srcset'))
      : [];
  return [getAttribute(image, 'srcset'), getAttribute(image, 'data-srcset'), ...sources]
    .map(parseFirstSource)
    .find((source) => source && !source.startsWith('data:'));
};

export const resolveLazyImages = (top: ParentNode): void => {
  for (const image of walkElements(top)) {
    if (image.tagName !== 'img') continue;
    const src = getAttribute(image, 'src')?.trim();
    if (src && !src.startsWith('data:') && !/(?:placeholder|blank|spacer|transparent)[^/]*$/i.test(src)) continue;
    const source = findLazySource(image);
    if (source) image.attrs = [...image.attrs.filter(({ name }) => name !== 'src'), { name: 'src', value: source }];
  }
};
