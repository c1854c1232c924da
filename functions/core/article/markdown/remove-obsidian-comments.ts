import { SeedRejected } from '../../article.ts';

const mark = '%%';
/** Each is sought from the one before in the rest of its line. */
const maxMarks = 1_000;
const openingFence = /^ {0,3}(`{3,}|~{3,})/;

/** Where the comment that begins at `start` ends. One within a line ends within its paragraph, or is none. */
const findCommentEnd = (text: string, start: number, beginsLine: boolean): number | undefined => {
  const close = text.indexOf(mark, start + mark.length);
  // Obsidian then hides all that follows.
  if (beginsLine) return close < 0 ? text.length : close + mark.length;
  const paragraphEnd = text.indexOf('\n\n', start);
  return close < 0 || (paragraphEnd >= 0 && paragraphEnd < close) ? undefined : close + mark.length;
};

/** The first comment in a line that is not within code. */
const findCommentStart = (line: string): number | undefined => {
  const parts = line.split(/(`+|%%)/);
  let position = 0;
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? '';
    if (part === mark) return position;
    const closing = part.startsWith('`') ? parts.indexOf(part, index + 1) : -1;
    const last = closing < 0 ? index : closing;
    position += parts.slice(index, last + 1).join('').length;
    index = last;
  }
  return undefined;
};

/** What Obsidian keeps between `%%` is for the writer alone. */
export const removeObsidianComments = (text: string): { readonly text: string; readonly comments: string[] } => {
  if (text.split(mark).length > maxMarks)
    throw new SeedRejected(`There are more than ${maxMarks} marks of comments (%%).`);
  if (!text.includes(mark)) return { text, comments: [] };
  const comments: string[] = [];
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
    const found = findCommentStart(line);
    const start = found === undefined ? undefined : position + found;
    const end =
      start === undefined ? undefined : findCommentEnd(text, start, line.slice(0, found).trim() === '' && beginsLine);
    if (start === undefined) {
      shown += line;
      position = lineEnd;
      beginsLine = true;
    } else if (end === undefined) {
      shown += text.slice(position, start + mark.length);
      position = start + mark.length;
      beginsLine = false;
    } else {
      if (start > position) beginsLine = false;
      shown += text.slice(position, start);
      comments.push(text.slice(start, end));
      position = end;
    }
  }
  return { text: shown, comments };
};
