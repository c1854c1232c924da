import { attribute, childElements, type Element, elementsIn, type Parent, parentElement } from './tree.ts';

const lateNames = [
  'data-src',
  'data-lazy-src',
  'data-original',
  'data-original-src',
  'data-hi-res-src',
  'data-full-src',
];

const firstOfSet = (set: string | undefined): string | undefined => set?.trim().split(/[\s,]+/)[0];

const laterSource = (image: Element): string | undefined => {
  for (const name of lateNames) {
    const value = attribute(image, name)?.trim();
    if (value && !value.startsWith('data:')) return value;
  }
  const parent = parentElement(image);
  const sources =
    parent?.tagName === 'picture'
      ? childElements(parent).map((source) => attribute(source, 'srcset') ?? attribute(source, 'data-srcset'))
      : [];
  return [attribute(image, 'srcset'), attribute(image, 'data-srcset'), ...sources]
    .map(firstOfSet)
    .find((source) => source && !source.startsWith('data:'));
};

/** Gives images that a script would load their real address, so that they show without the script. */
export const settleImages = (top: Parent): void => {
  for (const image of elementsIn(top)) {
    if (image.tagName !== 'img') continue;
    const src = attribute(image, 'src')?.trim();
    if (src && !src.startsWith('data:') && !/(?:placeholder|blank|spacer|transparent)[^/]*$/i.test(src))
      continue;
    const later = laterSource(image);
    if (later)
      image.attrs = [...image.attrs.filter(({ name }) => name !== 'src'), { name: 'src', value: later }];
  }
};
