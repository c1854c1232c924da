import {
  type ChildNode,
  createTextNode,
  createTreeElement,
  type Element,
  getAttribute,
  getChildElements,
  getParentElement,
  getTextLine,
  hasText,
  isElement,
  isTextNode,
  removeNodes,
  setChildren,
  walkAncestors,
  walkElements,
} from '../body/tree.ts';

interface Footnote {
  /** The link in the text. */
  readonly mark: Element;
  /** The link from the note back to the text. */
  readonly back: Element;
  /** The element that holds the note. */
  readonly note: Element;
}

const maxNotes = 2_000;

const getTarget = (link: Element): string | undefined => {
  const href = getAttribute(link, 'href');
  return href?.startsWith('#') ? href.slice(1) : undefined;
};

const getNames = (element: Element): string[] =>
  ['id', 'name'].flatMap((name) => getAttribute(element, name) ?? []).filter((name) => name !== '');

const noteContainers = /^(?:li|p|div|aside|section|td|dd|dt|blockquote)$/;
const isNoteMark = (text: string): boolean => text.length <= 12 && !/^\p{L}{4,}/u.test(text);

/** The nearest element with an id that is above the link or the link itself, as a link to it would need. */
const findOwnNames = (link: Element): string[] => {
  const names: string[] = [];
  for (const each of walkAncestors(link)) {
    names.push(...getNames(each));
    if (names.length > 0 || noteContainers.test(each.tagName)) return names;
  }
  return names;
};

/** Pairs of links that lead to each other: from the text to a note, and back. */
const findPairs = (body: Element): Footnote[] => {
  const elementByName = new Map<string, Element>();
  const links: Element[] = [];
  for (const element of walkElements(body)) {
    for (const name of getNames(element)) if (!elementByName.has(name)) elementByName.set(name, element);
    if (element.tagName === 'a' && getTarget(element)) links.push(element);
  }
  const pairs: Footnote[] = [];
  const notes = new Set<Element>();
  const linksByTarget = Map.groupBy(links, (link) => getTarget(link) ?? '');
  const order = new Map(links.map((link, index) => [link, index]));
  for (const mark of links) {
    const target = elementByName.get(getTarget(mark) ?? '');
    if (!target || pairs.length >= maxNotes || !isNoteMark(getTextLine(mark))) continue;
    const back = findOwnNames(mark)
      .flatMap((name) => linksByTarget.get(name) ?? [])
      .find((link) => (order.get(link) ?? 0) > (order.get(mark) ?? 0) && leadsBack(link, target));
    const note = back && findNote(back, target);
    if (!back || !note || notes.has(note)) continue;
    notes.add(note);
    pairs.push({ mark, back, note });
  }
  return pairs;
};

const leadsBack = (link: Element, target: Element): boolean => {
  for (const each of walkAncestors(link)) if (each === target) return true;
  return target.tagName === 'a' && getParentElement(target) !== undefined && isNear(link, target);
};

/** Whether two elements are in the same paragraph, or one paragraph is beside the other. */
const isNear = (one: Element, other: Element): boolean => {
  const [first, second] = [findBlock(one), findBlock(other)];
  return first === second || (first !== undefined && first.parentNode === second?.parentNode);
};

const findBlock = (element: Element): Element | undefined => {
  for (const each of walkAncestors(element)) if (noteContainers.test(each.tagName)) return each;
  return undefined;
};

const findNote = (back: Element, target: Element): Element | undefined =>
  noteContainers.test(target.tagName) ? target : findBlock(back);

/** A box that holds only one note, such as Word's `<div id=ftn1>`, is that note. */
const widenNotes = (pairs: readonly Footnote[], body: Element): Footnote[] => {
  const counts = new Map<Element, number>();
  for (const { note, mark } of pairs)
    for (const start of [note, mark])
      for (const each of walkAncestors(start)) counts.set(each, (counts.get(each) ?? 0) + 1);
  return pairs.map((pair) => {
    let { note } = pair;
    for (let above = getParentElement(note); above && above !== body; above = getParentElement(above)) {
      const isRuledOff = getChildElements(above).some(({ tagName }) => tagName === 'hr');
      if (counts.get(above) !== 1 || isRuledOff || !/^(?:div|li|aside|section)$/.test(above.tagName)) break;
      note = above;
    }
    return { ...pair, note };
  });
};

/** Takes the number before the text of a note away, with the brackets and spaces around it. */
const removeNumber = (note: Element, back: Element): void => {
  const { parentNode } = back;
  removeNodes([back]);
  const wrappers = parentNode && isElement(parentNode) ? [...walkAncestors(parentNode)] : [];
  const above = wrappers.slice(0, wrappers.indexOf(note));
  for (const each of above) if (!hasText(each) && getChildElements(each).length === 0) removeNodes([each]);
  for (const element of [note, ...walkElements(note)]) {
    const first = element.childNodes.find((node) => isTextNode(node) && node.value.trim() !== '');
    if (!first || !isTextNode(first)) continue;
    first.value = first.value.replace(/^[\s\u00a0]*[\])]?[.:]?[\s\u00a0]*/, '');
    return;
  }
};

const removeEmptyContainers = (parents: ReadonlySet<Element>, body: Element): void => {
  for (const start of parents) {
    for (const each of [...walkAncestors(start)]) {
      if (each === body || hasText(each) || getParentElement(each) === undefined) break;
      removeNodes([each]);
    }
  }
  const isRule = (node: ChildNode) => isElement(node) && node.tagName === 'hr';
  const rules = body.childNodes.filter((node) => isRule(node) || (isTextNode(node) && node.value.trim() === ''));
  removeNodes(body.childNodes.slice(body.childNodes.findLastIndex((node) => !rules.includes(node)) + 1));
};

/**
 * Writes footnotes as the Markdown reader does: a raised link for each in the text, and a list of them at the end. What
 * makes a footnote is that two links lead to each other.
 */
export const normalizeFootnotes = (body: Element): void => {
  const notes = widenNotes(findPairs(body), body);
  if (notes.length === 0) return;
  const parents = new Set(notes.flatMap(({ note }) => getParentElement(note) ?? []));
  removeNodes(notes.map(({ note }) => note));
  const items = notes.map(({ mark, back, note }, index) => {
    const number = String(index + 1);
    removeNumber(note, back);
    const isRaised = getParentElement(mark)?.tagName === 'sup';
    const link = createTreeElement('a', [createTextNode(`[${number}]`)], {
      id: `fnref-${number}`,
      href: `#fn-${number}`,
    });
    setChildren(mark, [isRaised ? link : createTreeElement('sup', [link])]);
    mark.tagName = 'span';
    mark.nodeName = 'span';
    mark.attrs = [];
    const content = /^(?:p|td|dd|dt)$/.test(note.tagName) ? [createTreeElement('p', note.childNodes)] : note.childNodes;
    const backLink = createTreeElement('a', [createTextNode('↩︎')], { href: `#fnref-${number}` });
    const last = content.filter(isElement).findLast(({ tagName }) => tagName === 'p');
    if (last) setChildren(last, [...last.childNodes, createTextNode(' '), backLink]);
    return createTreeElement('li', last ? content : [...content, createTextNode(' '), backLink], {
      id: `fn-${number}`,
    });
  });
  removeEmptyContainers(parents, body);
  const list = createTreeElement('div', [createTreeElement('ol', items)]);
  setChildren(body, [...body.childNodes, createTreeElement('hr'), list]);
};
