import { type Element, getAttribute } from '../body/tree.ts';

const patternSyntax = /^([a-z][a-z0-9-]*)?((?:[.#][\w-]+)*)(?:\[([\w-]+)(?:([*^]?)=([^\]]*))?\])?$/i;

const createPatternTest = (pattern: string): ((element: Element) => boolean) => {
  const parts = patternSyntax.exec(pattern);
  if (!parts) throw new Error(`"${pattern}" is no pattern of an element`);
  const [, tagName, names = '', attribute, operator, value = ''] = parts;
  const marks = names.toLowerCase().match(/[.#][\w-]+/g) ?? [];
  return (element) => {
    if (tagName !== undefined && element.tagName !== tagName) return false;
    const has = (name: string, word: string) =>
      (getAttribute(element, name) ?? '').toLowerCase().split(/\s+/).includes(word);
    if (!marks.every((mark) => has(mark.startsWith('#') ? 'id' : 'class', mark.slice(1)))) return false;
    if (attribute === undefined) return true;
    const written = getAttribute(element, attribute);
    if (written === undefined || operator === undefined) return written !== undefined;
    if (operator === '^') return written.startsWith(value);
    return operator === '*' ? written.includes(value) : written === value;
  };
};

/**
 * Creates a test of elements by patterns in the manner of CSS, parted by commas: a tag, classes, an id and an
 * attribute, such as `p.title, #footer, a[href^=#cmnt]`. Classes and ids are compared without case.
 */
export const createElementTest = (patterns: string): ((element: Element) => boolean) => {
  const tests = patterns.split(/,\s+/).map(createPatternTest);
  return (element) => tests.some((fits) => fits(element));
};
