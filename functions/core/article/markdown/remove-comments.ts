import { type CutText, SeedRejected } from '../../article.ts';

/** A comment for the writer alone, as a tool has it. */
interface CommentKind {
  readonly opening: RegExp;
  readonly closing: RegExp;
  readonly reason: string;
  /** Obsidian hides all that follows one that begins a line and is never closed. */
  readonly hidesRest?: true;
}

const defineComment = (opening: RegExp, closing: RegExp, reason = 'comment'): CommentKind => ({
  opening,
  closing,
  reason,
});

const obsidianComment: CommentKind = { ...defineComment(/^%%$/, /%%/g), hidesRest: true };

const kinds: readonly CommentKind[] = [
  obsidianComment,
  // MDX, and templates of Go.
  defineComment(/^\{\s?\/\*$/, /\*\/\s?\}/g),
  defineComment(/^\{\{-?\s?\/\*$/, /\*\/\s?-?\}\}/g),
  // Handlebars (Ghost).
  defineComment(/^\{\{!--$/, /--\}\}/g),
  // Nunjucks (Eleventy), Jinja and Tera (Zola). `{#fares}` is the id of a heading.
  defineComment(/^\{#-?\s$/, /#\}/g),
  // Liquid (Jekyll), and shortcodes of Hugo.
  defineComment(/^\{%-?\s?comment/, /\{%-?\s{0,9}endcomment\s{0,9}-?%\}/g),
  defineComment(/^\{%-?\s?#$/, /%\}/g),
  defineComment(/^\{\{[<%]\s?comment/, /\{\{[<%]\s{0,9}\/\s{0,9}comment\s{0,9}[>%]\}\}/g),
  // ERB and EJS, JSP.
  defineComment(/^<%#$/, /%>/g),
  defineComment(/^<%--$/, /--%>/g),
  // CriticMarkup.
  defineComment(/^\{>>$/, /<<\}/g),
  defineComment(/^\{--$/, /--\}/g, 'deletion'),
];

/** Code, in which there are no comments, and what may begin one. */
const marks =
  /(`+|%%|\{\{-?\s?\/\*|\{\s?\/\*|\{\{!--|\{#-?\s|\{%-?\s?comment\s?-?%\}|\{%-?\s?#|\{\{[<%]\s?comment\s?[>%]\}\}|<%#|<%--|\{>>|\{--)/;

/** The rest of its line is read again behind each. */
const maxComments = 1_000;
const openingFence = /^ {0,3}(`{3,}|~{3,})/;

/** The first comment in a line that is not within code. */
const findComment = (
  line: string,
): { readonly at: number; readonly mark: string; readonly kind: CommentKind } | undefined => {
  const parts = line.split(marks);
  let at = 0;
  for (let index = 0; index < parts.length; index += 1) {
    const mark = parts[index] ?? '';
    const kind = index % 2 === 1 ? kinds.find(({ opening }) => opening.test(mark)) : undefined;
    if (kind) return { at, mark, kind };
    const closing = mark.startsWith('`') ? parts.indexOf(mark, index + 1) : -1;
    const last = closing < 0 ? index : closing;
    at += parts.slice(index, last + 1).join('').length;
    index = last;
  }
  return undefined;
};

const createEndFinder = (text: string) => {
  /** What is not closed below one place is not closed below a later one. */
  const unclosed = new Set<CommentKind>();
  return (
    { kind, mark }: { readonly kind: CommentKind; readonly mark: string },
    start: number,
    beginsLine: boolean,
  ) => {
    const { closing, hidesRest = false } = kind;
    closing.lastIndex = start + mark.length;
    const found = unclosed.has(kind) ? undefined : closing.exec(text)?.[0];
    if (found === undefined) unclosed.add(kind);
    const end = found === undefined ? undefined : closing.lastIndex;
    if (!hidesRest) return end;
    if (beginsLine) return end ?? text.length;
    // One within a line ends within its paragraph, or is none.
    const paragraphEnd = text.indexOf('\n\n', start);
    return end === undefined || (paragraphEnd >= 0 && paragraphEnd < end - mark.length) ? undefined : end;
  };
};

/** Takes out what is for the writer alone: comments of Obsidian, of templates and of MDX. */
export const removeComments = (text: string): { readonly text: string; readonly cut: readonly CutText[] } => {
  const count = text.split(marks).filter((part, index) => index % 2 === 1 && !part.startsWith('`')).length;
  if (count > maxComments) throw new SeedRejected(`There are more than ${maxComments} marks of comments, such as %%.`);
  if (count === 0) return { text, cut: [] };
  const findEnd = createEndFinder(text);
  const cut: CutText[] = [];
  let shown = '';
  let fence: string | undefined;
  let position = 0;
  // The end of the text so far would be copied to look at it.
  let beginsLine = true;
  while (position < text.length) {
    const lineEnd = text.indexOf('\n', position) < 0 ? text.length : text.indexOf('\n', position) + 1;
    const line = text.slice(position, lineEnd);
    const [, ticks] = openingFence.exec(line) ?? [];
    if (fence !== undefined || (ticks !== undefined && beginsLine)) {
      if (fence === undefined) fence = ticks;
      else if (ticks?.startsWith(fence) && line.trim() === ticks) fence = undefined;
      shown += line;
      position = lineEnd;
      beginsLine = true;
      continue;
    }
    const found = findComment(line);
    const start = position + (found?.at ?? 0);
    const end = found && findEnd(found, start, line.slice(0, found.at).trim() === '' && beginsLine);
    if (found === undefined) {
      shown += line;
      position = lineEnd;
      beginsLine = true;
    } else if (end === undefined) {
      shown += text.slice(position, start + found.mark.length);
      position = start + found.mark.length;
      beginsLine = false;
    } else {
      if (start > position) beginsLine = false;
      shown += text.slice(position, start);
      cut.push({ text: text.slice(start, end), reason: found.kind.reason });
      position = end;
    }
  }
  return { text: shown, cut };
};
