import { parseHTML } from 'linkedom';

/** A page to ask questions of: elements by selector, their words in one line, their attributes. */
export const queryPage = (html: string) => {
  const { document } = parseHTML(html);
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  const readText = (element: { readonly textContent: string | null } | undefined) =>
    element?.textContent?.replace(/\s+/g, ' ').trim();
  return {
    has: (selector: string): boolean => all(selector).length > 0,
    text: (selector: string): string | undefined => readText(all(selector)[0]),
    texts: (selector: string): (string | undefined)[] => all(selector).map(readText),
    attribute: (selector: string, name: string): string | null | undefined => all(selector)[0]?.getAttribute(name),
    attributes: (selector: string, name: string): (string | null)[] =>
      all(selector).map((element) => element.getAttribute(name)),
  };
};
