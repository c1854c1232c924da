import { CliError } from '../../output/cli-error.ts';

export interface WxrPart {
  readonly kind: 'head' | 'item';
  readonly xml: string;
  readonly line: number;
}

/** Signs of the longest item: more is a file that is broken. */
const maxItemLength = 16 * 1024 * 1024;

const itemStart = /<item[\s>]/;
const cdata = { start: '<![CDATA[', end: ']]>' } as const;
const itemEnd = '</item>';

/** Where the item that `text` begins with ends; where it has not ended yet, from where to look on. */
const findItemEnd = (text: string, from: number): { readonly end: number } | { readonly seen: number } => {
  let at = from;
  for (;;) {
    const close = text.indexOf(itemEnd, at);
    const quote = text.indexOf(cdata.start, at);
    if (close >= 0 && (quote < 0 || close < quote)) return { end: close + itemEnd.length };
    if (quote < 0) return { seen: Math.max(at, text.length - cdata.start.length) };
    const unquote = text.indexOf(cdata.end, quote);
    if (unquote < 0) return { seen: quote };
    at = unquote + cdata.end.length;
  }
};

const countLineBreaks = (text: string): number => text.split('\n').length - 1;

/** What looks like an item's end within CDATA, as in an article on feeds, is text. */
export async function* readWxrParts(chunks: AsyncIterable<string>): AsyncGenerator<WxrPart> {
  let [rest, seen, line, isHead] = ['', 0, 1, true];
  for await (const chunk of chunks) {
    rest += chunk;
    for (;;) {
      const start = rest.search(itemStart);
      if (start < 0) break;
      if (isHead) yield { kind: 'head', xml: rest.slice(0, start), line };
      isHead = false;
      line += countLineBreaks(rest.slice(0, start));
      rest = rest.slice(start);
      seen = Math.max(0, seen - start);
      const found = findItemEnd(rest, seen);
      if ('seen' in found) {
        seen = found.seen;
        break;
      }
      const xml = rest.slice(0, found.end);
      yield { kind: 'item', xml, line };
      line += countLineBreaks(xml);
      [rest, seen] = [rest.slice(found.end), 0];
    }
    if (rest.length > maxItemLength) throw new CliError(`What begins on line ${line} is not closed by </item>.`);
  }
  if (isHead) yield { kind: 'head', xml: rest, line };
  else if (itemStart.test(rest)) throw new CliError(`The file is cut off: the item on line ${line} is not closed.`);
}
