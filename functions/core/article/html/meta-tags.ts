import { getAttribute, type ParentNode, walkElements } from '../body/tree.ts';

/** The `<meta>` values of a page by name, property or itemprop in lower case, such as `og:title` or `dc.creator`. */
export type MetaTags = ReadonlyMap<string, readonly string[]>;

export const parseMetaTags = (document: ParentNode): MetaTags => {
  const tags = new Map<string, string[]>();
  for (const element of walkElements(document)) {
    if (element.tagName !== 'meta') continue;
    const content = getAttribute(element, 'content')?.trim();
    if (!content) continue;
    for (const key of ['name', 'property', 'itemprop', 'http-equiv']) {
      const name = getAttribute(element, key)?.trim().toLowerCase();
      if (!name) continue;
      const values = tags.get(name);
      if (values) values.push(content);
      else tags.set(name, [content]);
    }
  }
  return tags;
};

export const findTagValues = (tags: MetaTags, ...names: string[]): readonly string[] => {
  for (const name of names) {
    const values = tags.get(name);
    if (values) return values;
  }
  return [];
};

export const findTagValue = (tags: MetaTags, ...names: string[]): string | undefined =>
  findTagValues(tags, ...names)[0];
