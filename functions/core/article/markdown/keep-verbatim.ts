import type { MarkdownIt } from 'markdown-it';

/** Marks of templates and formulas, each within its paragraph. None looks further than its own kind of opening. */
const verbatimPatterns: readonly RegExp[] = [
  /\{\{\{?[^{}\n]{0,300}\}?\}\}/y,
  /\{%[^{}\n]{0,300}%\}/y,
  /<%[^<\n]{0,300}?%>/y,
  /\$\{[^{}\n]{0,200}\}/y,
  /\*\|[\w:.-]{1,100}\|\*/y,
  /\$\$[^$]{1,10000}\$\$/y,
  /\\begin\{[a-z]{1,20}\*?\}(?:[^\\]|\\(?!begin\{)){1,10000}?\\end\{[a-z]{1,20}\*?\}/y,
];
/** As pandoc delimits a formula: prices are none. */
const inlineFormula = /\$(?=[^\s$])((?:\\[^\n]|[^$\\\n]){1,500})(?<!\s)\$(?!\d)/y;
const openings = new Set(['{', '<', '$', '*', '\\']);

const findVerbatim = (text: string, position: number): string | undefined => {
  if (!openings.has(text.charAt(position))) return undefined;
  for (const pattern of verbatimPatterns) {
    pattern.lastIndex = position;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) return found;
  }
  inlineFormula.lastIndex = position;
  const [formula, inside = ''] = inlineFormula.exec(text) ?? [];
  return /[\\^_{}*<>|]/.test(inside) && !/\]\(|:\/\//.test(inside) ? formula : undefined;
};

const formulaOpening = /^(?:\$\$|\\begin\{)/;

/** Keeps formulas and the marks of templates as they are typed: nothing in them is Markdown. */
export const keepVerbatim = (markdown: MarkdownIt): void => {
  markdown.inline.ruler.before('escape', 'verbatim', (state, silent) => {
    const found = findVerbatim(state.src, state.pos);
    if (found === undefined || state.pos + found.length > state.posMax) return false;
    // Text of this type is not joined to its neighbours until links and quotation marks were sought.
    if (!silent) state.push('text_special', '', 0).content = found;
    state.pos += found.length;
    return true;
  });
  // It cannot interrupt a paragraph, in which each line would be tried.
  markdown.block.ruler.before('paragraph', 'formula', (state, first, end, silent) => {
    const readLine = (line: number): string =>
      state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
    const opening = readLine(first);
    if (silent || !formulaOpening.test(opening)) return false;
    const closing = opening.startsWith('$$') ? /\$\$\s*$/ : /\\end\{[a-z]{1,20}\*?\}\s*$/;
    let last = first;
    const closes = () => closing.test(last === first ? readLine(last).slice(2) : readLine(last));
    while (last < end && !closes() && (last === first || readLine(last) !== '')) last += 1;
    if (last >= end || !closes()) return false;
    state.push('paragraph_open', 'p', 1).map = [first, last + 1];
    const inline = state.push('inline', '', 0);
    inline.content = state.getLines(first, last + 1, state.blkIndent, false).trim();
    inline.map = [first, last + 1];
    inline.children = [];
    state.push('paragraph_close', 'p', -1);
    state.line = last + 1;
    return true;
  });
};
