import {
  type ChildNode,
  createTextNode,
  createTreeElement,
  type Element,
  findElement,
  getAttribute,
  getTextContent,
  getTextLine,
  hasText,
  isElement,
  isTextNode,
  type ParentNode,
  removeNodes,
  setChildren,
  walkElements,
} from '../body/tree.ts';

/** A paragraph that Word shows as an item of a list. */
interface ListParagraph {
  readonly level: number;
  readonly type: ListType;
  readonly start?: number;
}

type ListType = 'ul' | '1' | 'a' | 'A' | 'i' | 'I';

const pointsByUnit: Readonly<Record<string, number>> = { pt: 1, px: 0.75, in: 72, cm: 28.35, mm: 2.835 };
const pointsPerLevel = 36;
const maxLevel = 9;

const findLevel = (style: string, className: string): number => {
  const stated = /mso-list:\s*\S+ level(\d)/.exec(style)?.[1] ?? /MsoList(?:Bullet|Number)(\d)/i.exec(className)?.[1];
  if (stated !== undefined) return Number(stated);
  const [, margin, unit = 'pt'] = /margin-left:\s*(\d{1,4}(?:\.\d{1,4})?)(pt|px|in|cm|mm)/.exec(style) ?? [];
  const points = Number(margin ?? pointsPerLevel) * (pointsByUnit[unit] ?? 1);
  return Math.min(maxLevel, Math.max(1, Math.round(points / pointsPerLevel)));
};

/** Word writes the symbol before an item as text, followed by spaces in a tiny font. */
const isMarker = (element: Element): boolean => {
  const style = getAttribute(element, 'style') ?? '';
  return /mso-list:\s*Ignore/i.test(style) || /font:\s*7\.0pt/.test(style);
};

/** The nodes before the text of an item, with its symbol. */
const findMarkerNodes = (paragraph: Element): ChildNode[] => {
  const marker = findElement(paragraph, isMarker);
  if (!marker) return [];
  let top: Element = marker;
  while (top.parentNode && top.parentNode !== paragraph && isElement(top.parentNode)) {
    const { parentNode } = top;
    const index = parentNode.childNodes.indexOf(top);
    if (parentNode.childNodes.slice(index + 1).some(hasText)) break;
    top = parentNode;
  }
  return top.parentNode ? top.parentNode.childNodes.slice(0, top.parentNode.childNodes.indexOf(top) + 1) : [];
};

const romanDigits: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

const parseRomanNumber = (written: string): number => {
  const values = [...written.toLowerCase()].map((digit) => romanDigits[digit] ?? 0);
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
};

const parseMarker = (marker: string): Omit<ListParagraph, 'level'> => {
  const sign = marker.replace(/[\s\u00a0]/g, '');
  const [, number, letter] = /^\(?(?:(?:\d+\.)*(\d{1,5})|([a-z]{1,6}))[.)]$/i.exec(sign) ?? [];
  if (number !== undefined) return { type: '1', start: Number(number) };
  if (letter === undefined) return { type: 'ul' };
  const isUpper = letter !== letter.toLowerCase();
  if (/^[ivxlc]+$/i.test(letter) && (letter.length > 1 || /^[ivx]$/i.test(letter)))
    return { type: isUpper ? 'I' : 'i', start: parseRomanNumber(letter) };
  return { type: isUpper ? 'A' : 'a', start: (letter.toLowerCase().codePointAt(0) ?? 97) - 96 };
};

const listClass = /^Mso(?:ListParagraph|ListBullet|ListNumber)/i;

/** Takes the symbol out of the paragraph. Undefined for a paragraph that is no item. */
const parseListParagraph = (element: Element): ListParagraph | undefined => {
  if (!/^(?:p|div|h[1-6])$/.test(element.tagName)) return undefined;
  const [style, className] = ['style', 'class'].map((name) => getAttribute(element, name) ?? '');
  const isListed = /mso-list:\s*l\d/.test(style ?? '') || listClass.test(className ?? '');
  if (!isListed || /^h/.test(element.tagName) || !hasText(element)) return undefined;
  const marker = findMarkerNodes(element);
  const named = /^MsoList(Bullet|Number)/i.exec(className ?? '')?.[1]?.toLowerCase();
  if (marker.length === 0 && named === undefined) return undefined;
  const written = marker.map(getTextContent).join('');
  removeNodes(marker);
  const parsed =
    marker.length > 0 ? parseMarker(written) : { type: named === 'number' ? ('1' as const) : ('ul' as const) };
  return { level: findLevel(style ?? '', className ?? ''), ...parsed };
};

interface OpenList {
  readonly level: number;
  readonly type: ListType;
  readonly element: Element;
}

const createList = ({ type, start }: ListParagraph): Element =>
  type === 'ul'
    ? createTreeElement('ul')
    : createTreeElement('ol', [], {
        ...(type !== '1' && { type }),
        ...(start !== undefined && start > 1 && { start: String(start) }),
      });

/** Builds nested lists of items one by one. */
const createListBuilder = (add: (list: Element) => void) => {
  let open: OpenList[] = [];
  const addItem = (item: ListParagraph, children: readonly ChildNode[]): void => {
    open = open.filter(({ level }) => level <= item.level);
    const last = open.at(-1);
    if (last?.level === item.level && last.type !== item.type) open.pop();
    if (open.at(-1)?.level !== item.level) {
      const list = createList(item);
      const host = open.at(-1)?.element.childNodes.at(-1);
      if (host && isElement(host)) setChildren(host, [...host.childNodes, list]);
      else add(list);
      open.push({ level: item.level, type: item.type, element: list });
    }
    const list = open.at(-1)?.element;
    const entry = createTreeElement('li', children);
    if (list) {
      entry.parentNode = list;
      list.childNodes.push(entry);
    }
  };
  const isOpen = () => open.length > 0;
  const close = () => {
    open = [];
  };
  return { addItem, isOpen, close };
};

/** Makes lists of the paragraphs that Word marks as items. */
const buildListsIn = (parent: ParentNode): void => {
  const children: ChildNode[] = [];
  const lists = createListBuilder((list) => children.push(list));
  for (const child of parent.childNodes) {
    const item = isElement(child) ? parseListParagraph(child) : undefined;
    if (item && isElement(child)) lists.addItem(item, child.childNodes);
    else if (!lists.isOpen() || !isTextNode(child) || child.value.trim() !== '') {
      if (!isElement(child) || hasText(child)) lists.close();
      children.push(child);
    }
  }
  setChildren(parent, children);
};

/** @param body has the paragraphs of a document, at any depth */
export const buildListsOfParagraphs = (body: Element): void => {
  const parents = new Set<ParentNode>();
  for (const element of walkElements(body)) {
    const listed =
      listClass.test(getAttribute(element, 'class') ?? '') || /mso-list:/.test(getAttribute(element, 'style') ?? '');
    if (listed && element.parentNode) parents.add(element.parentNode);
  }
  for (const parent of parents) buildListsIn(parent);
};

/** Google's `lst-kix_ab12-1` is the list `ab12` at level 1; Notion has a list for each item. */
const parseSplitList = (list: Element): { readonly id: string; readonly level: number } | undefined => {
  const className = getAttribute(list, 'class') ?? '';
  const [, id, level] = /\blst-([\w]+)-(\d)\b/.exec(className) ?? [];
  if (id !== undefined) return { id, level: Number(level) };
  const [notion] = /\b(?:bulleted-list|numbered-list|to-do-list)\b/.exec(className) ?? [];
  return notion === undefined ? undefined : { id: notion, level: 0 };
};

const joinListsIn = (parent: ParentNode): void => {
  const children: ChildNode[] = [];
  let open: { readonly id: string; readonly level: number; readonly element: Element }[] = [];
  for (const child of parent.childNodes) {
    const place = isElement(child) ? parseSplitList(child) : undefined;
    if (place && isElement(child)) {
      open = open.filter(({ id, level }) => id === place.id && level <= place.level);
      const last = open.at(-1);
      if (last?.level === place.level && last.element.tagName === child.tagName) {
        for (const item of child.childNodes) item.parentNode = last.element;
        last.element.childNodes.push(...child.childNodes);
        continue;
      }
      const host = last?.element.childNodes.filter(isElement).at(-1);
      if (last && last.level < place.level && host) {
        child.parentNode = host;
        host.childNodes.push(child);
      } else {
        open = [];
        children.push(child);
      }
      open.push({ ...place, element: child });
    } else {
      if (isElement(child) ? hasText(child) : isTextNode(child) && child.value.trim() !== '') open = [];
      children.push(child);
    }
  }
  setChildren(parent, children);
};

/** Nests lists that a tool writes one after another with their levels, and joins those of single items. */
export const joinSplitLists = (body: Element): void => {
  const parents = new Set<ParentNode>();
  for (const element of walkElements(body)) {
    if (/^[uo]l$/.test(element.tagName) && element.parentNode && parseSplitList(element))
      parents.add(element.parentNode);
  }
  for (const parent of parents) joinListsIn(parent);
};

/** Writes check marks for the boxes of a list of tasks. */
export const markUpTasks = (body: Element): void => {
  for (const element of [...walkElements(body)]) {
    const isBox = element.tagName === 'input' && getAttribute(element, 'type') === 'checkbox';
    const className = getAttribute(element, 'class') ?? '';
    const isDrawn =
      element.tagName === 'div' && /\bcheckbox-o(?:n|ff)\b/.test(className) && getTextLine(element) === '';
    if (!(isBox || isDrawn) || !element.parentNode) continue;
    const isDone = isBox ? getAttribute(element, 'checked') !== undefined : className.includes('checkbox-on');
    const siblings = element.parentNode.childNodes;
    const mark = createTreeElement('span', [createTextNode(isDone ? '☑ ' : '☐ ')]);
    mark.parentNode = element.parentNode;
    siblings[siblings.indexOf(element)] = mark;
  }
};
