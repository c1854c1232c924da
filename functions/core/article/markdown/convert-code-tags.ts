import { type DialectConverter, findLine, openingFence } from './dialect-lines.ts';

const codeTag =
  /^(\s*)(?:\{%-?\s*(highlight|codeblock|code)\b([^%]{0,200})%\}|\{\{[<%]\s*(highlight|code)\b([^>%]{0,200})[>%]\}\}|\[(sourcecode|code|php|js|css|html|python|bash)\b([^\]]{0,200})\])\s*$/;

const findCodeLanguage = (written: string): string =>
  /(?:^|\s)(?:lang(?:uage)?[:=]["']?)?([\w+#-]{1,30})/.exec(written.replace(/["']/g, ''))?.[1] ?? '';

/** Jekyll's `highlight`, Hexo's `codeblock`, WordPress's `sourcecode` and the like become fenced code. */
export const convertCode: DialectConverter = ({ lines, shown, unclosed }, index, prefix) => {
  const [whole, indent = '', liquid, liquidRest, hugo, hugoRest, wordpress, wordpressRest] =
    codeTag.exec(lines[index] ?? '') ?? [];
  const name = liquid ?? hugo ?? wordpress;
  if (whole === undefined || name === undefined) return undefined;
  const closing = new RegExp(
    String.raw`^\s*(?:\{%-?\s*end${name}\s*-?%\}|\{\{[<%]\s*/\s*${name}\s*[>%]\}\}|\[/${name}\])\s*$`,
  );
  const end = unclosed.has(name) ? undefined : findLine(lines, index + 1, (line) => closing.test(line));
  if (end === undefined) {
    unclosed.add(name);
    return undefined;
  }
  const code = lines.slice(index + 1, end);
  const fence = '`'.repeat(Math.max(3, ...code.map((line) => (/^\s*(`{3,})/.exec(line)?.[1]?.length ?? 0) + 1)));
  const language = findCodeLanguage(liquidRest ?? hugoRest ?? wordpressRest ?? '');
  shown.push(
    ...[`${fence}${language}`, ...code, fence].map(
      (line, at) => prefix + (at > 0 && at <= code.length ? '' : indent) + line,
    ),
  );
  return end + 1;
};

/** A block of pandoc for one format alone. */
const rawFormat = /^\s*\{=([a-z\d]{1,20})\}\s*$/;
const queryLanguage = /^\s*(?:dataview(?:js)?|tasks|query|button|base|datacards?|meta-bind[\w-]*)\s*$/;
const chunk = /^\s*\{([\w-]{1,20})\b([^}]*)\}/;
const hiddenOption = /\b(?:echo|include)\s*=\s*(?:FALSE|F)\b/;
const hiddenLine = /^\s*(?:#|%%|\/\/)\|\s*(?:echo|include):\s*false\s*$/;

/** Code stays as it is, but for that which its tool runs and does not show: chunks of Quarto, queries of Obsidian. */
export const keepCode: DialectConverter = ({ lines, shown, cut }, index, prefix) => {
  const [, fence, info = ''] = openingFence.exec(lines[index] ?? '') ?? [];
  if (fence === undefined || (fence.startsWith('`') && info.includes('`'))) return undefined;
  let end = index + 1;
  while (
    end < lines.length &&
    !((lines[end] ?? '').trim().startsWith(fence) && /^\s*([`~])\1*\s*$/.test(lines[end] ?? ''))
  )
    end += 1;
  const block = lines.slice(index, end + 1);
  const [, , options] = chunk.exec(info) ?? [];
  const isHidden =
    options !== undefined && (hiddenOption.test(options) || block.slice(1, 20).some((line) => hiddenLine.test(line)));
  const [, format] = rawFormat.exec(info) ?? [];
  if (format !== undefined && /^html\d?$/.test(format)) shown.push(...block.slice(1, -1).map((line) => prefix + line));
  else if (format !== undefined) {
    cut.push({ text: block.slice(1, -1).join('\n').trim(), reason: `code for ${format}` });
    shown.push(prefix.trimEnd());
  } else if (isHidden || queryLanguage.test(info)) {
    cut.push({
      text: block.join('\n').trim(),
      reason: isHidden ? 'code that its tool does not show' : 'query of a note program',
    });
    shown.push(prefix.trimEnd());
  } else shown.push(...block.map((line) => prefix + line));
  return end + 1;
};
