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
  if (/^<!--$/.test(first))
    return findKnownName(second.replace(/^\.\. /, '')) !== undefined && second.startsWith('.. ');
  if (/^\.\. [\w-]{1,40}: /.test(first)) return findKnownName(first.slice('.. '.length)) !== undefined;
  if (first.startsWith('#+')) return findKnownName(first.slice('#+'.length)) !== undefined;
  if (/^% \S/.test(first)) return /^%(?: |$)/.test(second);
  return findKnownName(first) === 'title' && findKnownName(second) !== undefined;
};

/** Marks that nobody puts into a text that is not Markdown. */
const marks = [
  /^#{2,6} \S/gm,
  /\*\*[^\s*][^*\n]{0,200}\*\*/g,
  /(?<!!)\[[^\]\n]{1,200}\]\((?:https?:|\.{0,2}\/|#|mailto:)[^)\s]{1,2000}\)/g,
  /!\[[^\]\n]{0,200}\]\([^)\s]{1,2000}\)/g,
  /^```/gm,
  /^\|(?: ?:?-{3,}:? ?\|)+$/gm,
];
/** These say so only below "# Headline". */
const weakMarks = [
  /^[*+-] \S.*\n+[*+-] \S/m,
  /(?<![\w*])\*[^\s*][^*\n]{0,100}\*(?![\w*])/,
  /(?<![\w_])_[^\s_][^_\n]{0,100}_(?![\w_])/,
  /^> \S/m,
  /`[^`\n]{1,100}`/,
];

/** A text that is so long shows early what it is. */
const maxSampleLength = 100_000;
const maxHeadlineLength = 160;
/** Below a headline without a mark. */
const minMarks = 2;

const countMarks = (sample: string): number =>
  marks.reduce((count, mark) => count + Math.min(minMarks, sample.match(mark)?.length ?? 0), 0);

/**
 * A plain text that is Markdown, as Markdown: one that has front matter, or begins with "# Headline" and has other
 * marks of Markdown, or has several of those that are unmistakable below a headline without a mark. Undefined for
 * another.
 */
export const toMarkdownText = (text: string): string | undefined => {
  const sample = text.slice(0, maxSampleLength).trimStart();
  const lines = sample.split('\n', 4).map((line) => line.trim());
  if (hasFrontMatter(lines.slice(0, 3))) return text;
  const [first = '', second = '', third] = lines;
  const isMarked = /^# \S/.test(first) ? second === '' : first !== '' && /^={3,}$/.test(second) && third === '';
  const count = countMarks(sample);
  if (isMarked) return count > 0 || weakMarks.some((mark) => mark.test(sample)) ? text : undefined;
  const isHeadline = second === '' && first.length <= maxHeadlineLength && /^(?:\*\*)?[\p{L}\p{N}“"„«¿¡]/u.test(first);
  if (!isHeadline || count < minMarks) return undefined;
  return `# ${first.replace(/^\*\*(.*)\*\*$/, '$1')}\n${text
    .trimStart()
    .slice(first.length)
    .replace(/^[^\n]*/, '')}`;
};
