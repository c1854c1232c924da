import { type DialectConverter, findLine, openingFence } from './dialect-lines.ts';

const calloutKinds =
  /^(?:callout-)?(note|notes|tip|info|warning|warn|danger|caution|important|success|question|example|quote|abstract|summary|hint|attention|error|bug|failure|todo|details|notice|check|seealso|tldr)$/i;

interface Callout {
  readonly kind: string;
  readonly title: string;
}

/** What `tip[My tip]`, `warning My title`, `{.callout-note title="Mind"}` and `note "Mind"` say. */
const parseCallout = (written: string): Callout | undefined => {
  const attributes = /\{([^{}]*)\}\s*$/.exec(written)?.[1] ?? '';
  const bare = written.replace(/\{[^{}]*\}\s*$/, '').trim();
  const classes = Array.from(attributes.matchAll(/\.([\w-]+)/g), ([, name = '']) => name);
  const stated = /\btitle=(?:"([^"]*)"|'([^']*)')/.exec(attributes);
  const [, first = '', rest = ''] = /^([\w-]+)(.*)$/.exec(bare) ?? [];
  const kind = [first, ...classes].map((name) => calloutKinds.exec(name)?.[1]).find(Boolean);
  if (kind === undefined) return undefined;
  const title = stated?.[1] ?? stated?.[2] ?? rest.trim().replace(/^\[(.*)\]$|^"(.*)"$/, '$1$2');
  return { kind: kind.toLowerCase(), title };
};

const formatCallout = ({ kind, title }: Callout, isFolded: boolean): string =>
  `[!${kind}]${isFolded || kind === 'details' ? '-' : ''}${title === '' ? '' : ` ${title}`}`;

const containerMark = /^ {0,3}(:{3,})\s{0,9}(.{0,500}?)\s*:*\s*$/;

/** Each line of colons alone closes the innermost container. */
export const findContainerEnds = (lines: readonly string[]): ReadonlyMap<number, number> => {
  const ends = new Map<number, number>();
  const open: number[] = [];
  let fence: string | undefined;
  for (const [index, line] of lines.entries()) {
    const [, ticks] = openingFence.exec(line) ?? [];
    if (ticks !== undefined && (fence === undefined || ticks.startsWith(fence)))
      fence = fence === undefined ? ticks : undefined;
    if (fence !== undefined) continue;
    const [mark, , content] = line.includes(':::') ? (containerMark.exec(line) ?? []) : [];
    if (mark === undefined) continue;
    if (content !== '') open.push(index);
    else {
      const start = open.pop();
      if (start !== undefined) ends.set(start, index);
    }
  }
  return ends;
};

const maxDepth = 10;

/** `:::` of Docusaurus, VuePress, Quarto and pandoc: callouts of those that are one, and the text of others. */
export const convertContainer: DialectConverter = (
  { lines, shown, depth, containerEnds, convertInner },
  index,
  prefix,
) => {
  const [, , written = ''] = containerMark.exec(lines[index] ?? '') ?? [];
  if (written === '' || depth >= maxDepth) return undefined;
  const end = containerEnds.get(index);
  if (end === undefined) return undefined;
  const callout = parseCallout(written);
  const content = lines.slice(index + 1, end);
  const heading = content.findIndex((line) => line.trim() !== '');
  // Quarto takes a heading at the beginning as the title.
  const [, headed] = callout?.title === '' ? (/^#{1,6}\s+(.+)$/.exec(content[heading] ?? '') ?? []) : [];
  const inner = headed === undefined ? content : content.slice(heading + 1);
  const innerPrefix = callout ? `${prefix}> ` : prefix;
  if (callout)
    shown.push(prefix.trimEnd(), innerPrefix + formatCallout({ ...callout, title: headed ?? callout.title }, false));
  else shown.push(prefix.trimEnd());
  convertInner(inner, innerPrefix);
  shown.push(prefix.trimEnd());
  return end + 1;
};

const admonition = /^(!!!|\?\?\?\+?|===)\s+(?:([\w-]{1,40})(?:\s[\w\s-]{0,60})?)?\s{0,9}(?:"([^"\n]{0,300})")?\s*$/;
const indented = /^(?: {4}|\t)/;

/** `!!! note "Title"` of MkDocs and Python-Markdown, with indented lines below, and `=== "Tab"`. */
export const convertAdmonition: DialectConverter = ({ lines, shown, depth, convertInner }, index, prefix) => {
  const [, mark, kind = '', title = ''] = admonition.exec(lines[index] ?? '') ?? [];
  if (mark === undefined || depth >= maxDepth || (mark === '===' ? title === '' : kind === '')) return undefined;
  const first = findLine(lines, index + 1, (line) => line.trim() !== '');
  if (first === undefined || !indented.test(lines[first] ?? '')) return undefined;
  let end = first;
  while (end < lines.length && (indented.test(lines[end] ?? '') || (lines[end] ?? '').trim() === '')) end += 1;
  const inner = lines.slice(first, end).map((line) => line.replace(indented, ''));
  const innerPrefix = mark === '===' ? prefix : `${prefix}> `;
  shown.push(
    prefix.trimEnd(),
    mark === '===' ? `${prefix}**${title}**` : innerPrefix + formatCallout({ kind, title }, mark === '???'),
  );
  if (mark === '===') shown.push(prefix.trimEnd());
  convertInner(inner, innerPrefix);
  shown.push(prefix.trimEnd());
  return end;
};
