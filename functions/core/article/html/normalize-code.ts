import {
  type ChildNode,
  createTextNode,
  createTreeElement,
  type Element,
  findElement,
  findElements,
  getAttribute,
  getParentElement,
  getTextContent,
  isElement,
  isTextNode,
  type ParentNode,
  removeNodes,
  setChildren,
  walkAncestors,
} from '../body/tree.ts';

const lineNumbers =
  /(?:^|[\s_-])(?:gutter|linenos|line-?numbers?(?:-rows)?|lineno|rouge-gutter|blob-num|hljs-ln-numbers)(?:$|[\s_-])/i;
const codeTools =
  /(?:^|[\s_-])(?:code-toolbar|code-?header|copy(?:-(?:btn|button|code))?|toolbar(?:-item)?|lang(?:uage)?-(?:label|name)|code-lang)(?:$|[\s_-])/i;

const hasClass = (element: Element, pattern: RegExp): boolean => pattern.test(getAttribute(element, 'class') ?? '');

const isPre = ({ tagName }: Element): boolean => tagName === 'pre';

/** Lines of code are parted by line ends, `<br>`, or by being elements of their own. */
const collectCode = (node: ChildNode, parts: string[]): void => {
  if (isTextNode(node)) parts.push(node.value);
  if (!isElement(node)) return;
  if (node.tagName === 'br') parts.push('\n');
  if (/^(?:button|style|script)$/.test(node.tagName) || hasClass(node, lineNumbers)) return;
  const isLine = /^(?:div|p|li|tr)$/.test(node.tagName);
  if (isLine && parts.length > 0 && !parts.at(-1)?.endsWith('\n')) parts.push('\n');
  for (const child of node.childNodes) collectCode(child, parts);
  if (isLine) parts.push('\n');
};

/** Highlighters without line ends in their source make each line an element with the class `line`. */
const hasUnbrokenLines = (pre: Element): boolean => {
  const lines = findElements(pre, (element) => hasClass(element, /(?:^|\s)(?:code-)?line(?:\s|$)/));
  return lines.length > 1 && !/[^\n]\n/.test(getTextContent(pre).trim());
};

const readCode = (pre: Element): string => {
  const parts: string[] = [];
  const broken = !hasUnbrokenLines(pre);
  for (const child of pre.childNodes) collectCode(child, parts);
  if (broken) return parts.join('').replace(/^\n+|\n+$/g, '');
  return findElements(pre, (element) => hasClass(element, /(?:^|\s)(?:code-)?line(?:\s|$)/))
    .map(getTextContent)
    .join('\n');
};

/** Code laid out as a table has line numbers in one cell and code in another: the code takes the table's place. */
const replaceCodeTable = (pre: Element): void => {
  for (const table of walkAncestors(pre)) {
    if (table.tagName !== 'table') continue;
    const others = findElements(table, isPre).filter((each) => each !== pre);
    const { parentNode } = table;
    const isNumbers = (each: Element) => /^[\s\d]*$/.test(getTextContent(each));
    if (!parentNode || !others.every(isNumbers) || others.length > 1) return;
    setChildren(
      parentNode,
      parentNode.childNodes.map((node) => (node === table ? pre : node)),
    );
    return;
  }
};

const isNumberColumn = (pre: Element): boolean =>
  /^[\s\d]+$/.test(getTextContent(pre)) &&
  [...walkAncestors(getParentElement(pre))].slice(0, 3).some((each) => hasClass(each, lineNumbers));

/** Labels and buttons over a block of code, in a box with it. */
const removeTools = (pre: Element): void => {
  const box = getParentElement(pre);
  if (!box || !/^(?:div|figure)$/.test(box.tagName)) return;
  removeNodes(
    box.childNodes.filter(
      (node) => isElement(node) && node !== pre && hasClass(node, codeTools) && !findElement(node, isPre),
    ),
  );
};

const codeName = /highlight|hljs|shiki|sourcecode|prettyprint|syntax|brush:|lang(?:uage)?-|graf--pre|code/i;

/** Old pages have all their text in `<pre>`. */
const isCode = (pre: Element): boolean =>
  findElement(pre, ({ tagName }) => tagName === 'code') !== undefined ||
  [...walkAncestors(pre)].slice(0, 3).some((each) => hasClass(each, codeName));

/** Writes blocks of code as text in `<pre><code>`: without line numbers, buttons, and the colors of each word. */
export const normalizeCode = (top: ParentNode): void => {
  const blocks = findElements(top, isPre);
  for (const pre of blocks) {
    if (isNumberColumn(pre)) continue;
    replaceCodeTable(pre);
    removeTools(pre);
    if (!isCode(pre)) continue;
    const code = readCode(pre);
    if (code.trim() !== '') setChildren(pre, [createTreeElement('code', [createTextNode(code)])]);
  }
};
