import { type ChildNode, createTreeElement, type Element } from '../../article/body/tree.ts';

/** Names a style of `email-styles.ts` other than that of the element's kind. */
export const lookAttribute = 'data-look';
/** Of a cell: its words may be broken anywhere. */
export const breakAttribute = 'data-break';

export const setMailAttribute = (element: Element, name: string, value: string): void => {
  element.attrs = [...element.attrs.filter((each) => each.name !== name), { name, value }];
};

export const setLook = (element: Element, look: string): void => setMailAttribute(element, lookAttribute, look);

export const createLookElement = (tagName: string, look: string, children: readonly ChildNode[]): Element =>
  createTreeElement(tagName, children, { [lookAttribute]: look });

/** A table for layout: programs read out its content alone. */
export const createFrameOfRows = (look: string, rows: readonly (readonly ChildNode[])[]): Element => {
  const toRow = (cell: readonly ChildNode[]): Element => createTreeElement('tr', [createLookElement('td', look, cell)]);
  return createTreeElement('table', [createTreeElement('tbody', rows.map(toRow))], {
    role: 'presentation',
    [lookAttribute]: 'frame',
  });
};

export const createFrame = (look: string, children: readonly ChildNode[]): Element =>
  createFrameOfRows(look, [children]);
