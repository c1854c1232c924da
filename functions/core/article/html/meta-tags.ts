import { attribute, elementsIn, type Parent } from './tree.ts';

/** The `<meta>` values of a page by lower-case name, property or itemprop: `og:title`, `article:tag`, `dc.creator`. */
export type MetaTags = ReadonlyMap<string, readonly string[]>;

/** Reads all `<meta>` elements of a page, wherever they stand; empty values are left out. */
export const readMetaTags = (document: Parent): MetaTags => {
  const tags = new Map<string, string[]>();
  for (const element of elementsIn(document)) {
    if (element.tagName !== 'meta') continue;
    const content = attribute(element, 'content')?.trim();
    if (!content) continue;
    for (const key of ['name', 'property', 'itemprop', 'http-equiv']) {
      const name = attribute(element, key)?.trim().toLowerCase();
      if (!name) continue;
      const values = tags.get(name);
      if (values) values.push(content);
      else tags.set(name, [content]);
    }
  }
  return tags;
};

/** The values of the first of these names that has any. */
export const tagValues = (tags: MetaTags, ...names: string[]): readonly string[] => {
  for (const name of names) {
    const values = tags.get(name);
    if (values) return values;
  }
  return [];
};

/** The first value of the first of these names that has any. */
export const tagValue = (tags: MetaTags, ...names: string[]): string | undefined =>
  tagValues(tags, ...names)[0];
