import {
  type ChildNode,
  createTextNode,
  createTreeElement,
  type Element,
  findElements,
  getAttribute,
  getTextContent,
  hasText,
  isElement,
  isTextNode,
  type ParentNode,
  renameElement,
  setChildren,
  walkAncestors,
} from '../body/tree.ts';

interface TextStyle {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly struck?: boolean;
  readonly raised?: boolean;
  readonly lowered?: boolean;
  readonly monospace?: boolean;
  readonly hidden?: boolean;
  /** In points or pixels, to compare within one document. */
  readonly size?: number;
}

const monospaceFonts =
  /\b(?:courier|consolas|menlo|monaco|monospace|roboto mono|source code|inconsolata|lucida console|fira code|sf ?mono|liberation mono|dejavu sans mono)/i;

const maxDeclarations = 2_000;

/** The style that declarations such as `font-weight:700` set. */
const parseTextStyle = (declarations: string): TextStyle => {
  const style: { -readonly [Name in keyof TextStyle]: TextStyle[Name] } = {};
  for (const declaration of declarations.slice(0, maxDeclarations).split(';')) {
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    if (name === 'font-weight') style.bold = /^bold|^[6-9]00/i.test(value);
    if (name === 'font-style') style.italic = /^(?:italic|oblique)/i.test(value);
    if (name === 'text-decoration' || name === 'text-decoration-line') style.struck = /line-through/i.test(value);
    if (name === 'vertical-align') {
      style.raised = /^super/i.test(value);
      style.lowered = /^sub/i.test(value);
    }
    if (name === 'font-family') style.monospace = monospaceFonts.test(value);
    if (name === 'font') {
      if (monospaceFonts.test(value)) style.monospace = true;
      if (/\bbold\b/i.test(value)) style.bold = true;
      if (/\bitalic\b/i.test(value)) style.italic = true;
    }
    if ((name === 'display' && /^none/i.test(value)) || (name === 'mso-hide' && /^all/i.test(value)))
      style.hidden = true;
    const size = /^font(?:-size)?$/.test(name) ? /(\d{1,3}(?:\.\d{1,4})?)(?:pt|px)/.exec(value)?.[1] : undefined;
    if (size !== undefined) style.size = Number(size);
  }
  return style;
};

const maxStyleLength = 500_000;

/** Rules for one class, such as `.c4{…}` and `p.p1 {…}`, in the order of the sheet. */
const parseClassRules = (sheet: string): Map<string, TextStyle> => {
  const rules = new Map<string, TextStyle>();
  for (const rule of sheet.slice(0, maxStyleLength).split('}')) {
    const [selectors = '', declarations = ''] = rule.split('{', 2);
    for (const selector of selectors.split(',')) {
      const name = /^\s*(?:<!--\s*)?(?:[a-z]+\d?)?\.([\w-]+)\s*$/i.exec(selector.slice(-100))?.[1];
      if (name !== undefined) rules.set(name, { ...rules.get(name), ...parseTextStyle(declarations) });
    }
  }
  return rules;
};

export type StyleFinder = (element: Element) => TextStyle;

/** Creates a function that gives what the classes and the style attribute of an element say. */
export const createStyleFinder = (document: ParentNode): StyleFinder => {
  const sheets = findElements(document, ({ tagName }) => tagName === 'style').map(getTextContent);
  const rules = parseClassRules(sheets.join('\n'));
  return (element) => {
    const classes = (getAttribute(element, 'class') ?? '').split(/\s+/).slice(0, 20);
    const own = getAttribute(element, 'style');
    return Object.assign({}, ...classes.map((name) => rules.get(name)), own && parseTextStyle(own));
  };
};

const isInsideTag = (element: Element, tags: RegExp): boolean => {
  for (const each of walkAncestors(element)) if (tags.test(each.tagName)) return true;
  return false;
};

/** Whether more than half of a text is not in a monospace font. */
const isMostlyProportional = (body: Element, findStyle: StyleFinder): boolean => {
  const counts = { monospace: 0, other: 0 };
  const count = (element: Element, isMonospace: boolean): void => {
    for (const child of element.childNodes) {
      if (isTextNode(child)) counts[isMonospace ? 'monospace' : 'other'] += child.value.trim().length;
      else if (isElement(child)) count(child, findStyle(child).monospace ?? isMonospace);
    }
  };
  count(body, false);
  return counts.other > counts.monospace;
};

/**
 * Writes emphasis as elements, where a document has it as styles of `<span>`: bold, italic, struck out, raised, lowered
 * and monospace. A document that is all in one monospace font has no code by that.
 */
export const markUpStyles = (body: Element, findStyle: StyleFinder): void => {
  const spans = findElements(body, ({ tagName }) => /^(?:span|font|b)$/.test(tagName));
  const hasCode = isMostlyProportional(body, findStyle);
  for (const span of spans) {
    const style = findStyle(span);
    if (span.tagName === 'b') {
      if (/font-weight\s*:\s*(?:normal|400)/i.test(getAttribute(span, 'style') ?? '')) renameElement(span, 'span');
      continue;
    }
    if (!hasText(span)) continue;
    const isBold = style.bold && !isInsideTag(span, /^(?:h[1-6]|b|strong|th)$/);
    const tags = [
      isBold && 'strong',
      style.italic && !isInsideTag(span, /^(?:i|em)$/) && 'em',
      style.struck && !isInsideTag(span, /^(?:s|del|strike)$/) && 's',
      style.raised && !isInsideTag(span, /^sup$/) && 'sup',
      style.lowered && !isInsideTag(span, /^sub$/) && 'sub',
      style.monospace && hasCode && !isInsideTag(span, /^(?:code|pre|kbd)$/) && 'code',
    ].filter((tag) => typeof tag === 'string');
    let { childNodes } = span;
    for (const tag of tags) childNodes = [createTreeElement(tag, childNodes)];
    setChildren(span, childNodes);
  }
};

const isBlankNode = (node: ChildNode): boolean => isTextNode(node) && node.value.trim() === '';

/** Whether all of a paragraph's text is in `<code>`. */
const isCodeParagraph = (element: Element): boolean => {
  if (element.tagName !== 'p' || !hasText(element)) return false;
  const isCode = (parent: Element): boolean =>
    parent.childNodes.every((node) =>
      isTextNode(node) ? isBlankNode(node) : isElement(node) && (node.tagName === 'code' || isCode(node)),
    );
  return isCode(element);
};

const isEmptyParagraph = (element: Element): boolean => element.tagName === 'p' && !hasText(element);

/** Joins paragraphs in a row that are all code to one code block. */
export const joinCodeParagraphs = (body: Element): void => {
  const parents = new Set(findElements(body, isCodeParagraph).map(({ parentNode }) => parentNode));
  for (const parent of parents) {
    if (!parent) continue;
    const children: ChildNode[] = [];
    let lines: string[] = [];
    let pending: ChildNode[] = [];
    const close = (): void => {
      if (lines.length > 0)
        children.push(createTreeElement('pre', [createTreeElement('code', [createTextNode(lines.join('\n'))])]));
      children.push(...pending);
      [lines, pending] = [[], []];
    };
    for (const child of parent.childNodes) {
      if (isElement(child) && isCodeParagraph(child)) {
        for (const between of pending) if (isElement(between)) lines.push('');
        pending = [];
        lines.push(
          getTextContent(child)
            .replace(/\s*\n\s*/g, ' ')
            .replaceAll('\u00a0', ' ')
            .trimEnd(),
        );
      } else if (lines.length > 0 && (isBlankNode(child) || (isElement(child) && isEmptyParagraph(child)))) {
        pending.push(child);
      } else {
        close();
        children.push(child);
      }
    }
    close();
    setChildren(parent, children);
  }
};
