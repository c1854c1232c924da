import { findDefaultHeadingId, headingElement, seedIdPrefix, toHeadingId } from '../text/heading-id.ts';

/** Ids that other tools give the same heading: without a number before it, with one hyphen for several. */
const listOtherIds = (id: string): string[] => {
  const plain = id.slice(seedIdPrefix.length);
  const forms = [plain, toHeadingId(plain), plain.replace(/^[^\p{L}]+/u, ''), plain.replace(/-{2,}/g, '-')];
  return forms.flatMap((form) => (form === '' ? [] : [seedIdPrefix + form]));
};

/**
 * Gives each heading of a page the id of its words, so that links of other articles lead there, whatever tool their
 * author uses. One that has an id of its own gets both.
 */
export const addHeadingTargets = (html: string): string => {
  if (!/<h[1-6]/.test(html)) return html;
  const used = new Set(Array.from(html.matchAll(/ id="([^"]*)"/g), ([, id = '']) => id));
  const claim = (id: string): boolean => {
    if (id === seedIdPrefix || used.has(id)) return false;
    used.add(id);
    return true;
  };
  return html.replace(headingElement, (_, level: string, attributes: string, content: string) => {
    const byWords = findDefaultHeadingId(content);
    const [, own] = / id="([^"]*)"/.exec(attributes) ?? [];
    const id = own ?? (claim(byWords) ? byWords : undefined);
    const others = [...new Set([byWords, ...(own === undefined ? [] : listOtherIds(own)), ...listOtherIds(byWords)])];
    const targets = others.filter(claim).map((other) => `<span id="${other}"></span>`);
    const written = own === undefined && id !== undefined ? ` id="${id}"` : '';
    return `<h${level}${written}${attributes}>${targets.join('')}${content}</h${level}>`;
  });
};
