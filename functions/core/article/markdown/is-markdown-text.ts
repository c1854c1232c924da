import { isKnownFieldName } from './field-table.ts';

const knownField = /^\s*["']?([\w -]{1,40}?)["']?\s{0,9}[:=]/;

const findKnownName = (line = ''): string | undefined => {
  const name = knownField.exec(line)?.[1];
  return name !== undefined && isKnownFieldName(name) ? name.toLowerCase() : undefined;
};

/** A fence or brace above a known field, or a title above another one. Mails have headers, too, but no title. */
const hasFrontMatter = (lines: readonly string[]): boolean => {
  const [first = '', second = '', third = ''] = lines;
  if (/^(?:-{3,}|\+{3,}|;{3,})(?:ya?ml|toml|json)?$/i.test(first))
    return (findKnownName(second) ?? findKnownName(third)) !== undefined;
  if (first.startsWith('{')) return (findKnownName(first.slice(1)) ?? findKnownName(second)) !== undefined;
  if (first.startsWith('#+')) return findKnownName(first.slice('#+'.length)) !== undefined;
  if (/^% \S/.test(first)) return /^%(?: |$)/.test(second);
  return findKnownName(first) === 'title' && findKnownName(second) !== undefined;
};

/** Marks that nobody puts into a text that is not Markdown. */
const marks = [
  /^#{2,6} \S/m,
  /\*\*[^\s*][^*\n]{0,200}\*\*/,
  /\[[^\]\n]{1,200}\]\((?:https?:|\.{0,2}\/|#)[^)\s]{1,2000}\)/,
  /!\[[^\]\n]{0,200}\]\([^)\s]{1,2000}\)/,
  /^```/m,
];

/** A text that is so long shows early what it is. */
const maxSampleLength = 100_000;

/** Tells a plain text that has front matter, or begins with "# Headline" and has other marks of Markdown. */
export const isMarkdownText = (text: string): boolean => {
  const sample = text.slice(0, maxSampleLength).trimStart();
  const lines = sample.split('\n', 4).map((line) => line.trim());
  if (hasFrontMatter(lines.slice(0, 3))) return true;
  const [first = '', second = '', third] = lines;
  const isHeadline = /^# \S/.test(first) ? second === '' : first !== '' && /^={3,}$/.test(second) && third === '';
  return isHeadline && marks.some((mark) => mark.test(sample));
};
