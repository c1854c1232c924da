import { CliError } from '../../output/cli-error.ts';

/** An item, or what stands before, between and behind the items. */
export interface XmlPart {
  readonly kind: 'item' | 'frame';
  readonly xml: string;
  readonly line: number;
}

/** Characters of an item, or of what stands between two. A longer one means that the file is broken. */
const maxPartLength = 16 * 1024 * 1024;

/** No tag of an item that is cut in two by the end of a chunk begins before it. */
const maxTagNameLength = 100;

const countLineBreaks = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
};

/** Where each construct begins, in which a tag of an item is text, and what ends it. */
const opaqueEnds: Readonly<Record<string, string>> = { '<![CDATA[': ']]>', '<!--': '-->' };

const entityDeclaration = /<!DOCTYPE[^[>]*\[[^\]]*<!ENTITY\s/;

type Step = { readonly cut: number } | { readonly seen: number };

/** Finds the next place at which an item begins or ends; else from where to look once there is more text. */
const findCut = (text: string, from: number, { pattern, isInside }: { pattern: RegExp; isInside: boolean }): Step => {
  let opaqueUntil = from;
  pattern.lastIndex = from;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const [token, slash] = found;
    const opaqueEnd = opaqueEnds[token];
    if (opaqueEnd !== undefined) {
      const end = text.indexOf(opaqueEnd, pattern.lastIndex);
      if (end < 0) return { seen: found.index };
      opaqueUntil = end + opaqueEnd.length;
      pattern.lastIndex = opaqueUntil;
      continue;
    }
    const end = text.indexOf('>', found.index) + 1;
    if (end === 0) return { seen: found.index };
    if (isInside === (slash === '/')) return { cut: isInside ? end : found.index };
  }
  return { seen: Math.max(opaqueUntil, text.length - maxTagNameLength) };
};

/**
 * Cuts an XML document at its items as it is read, so that no more than one item is in memory. What looks like an
 * item's tag in CDATA or a comment, as in an article on feeds, is text.
 * @param name of the items: `item` or `entry`, with any prefix
 */
export async function* readXmlParts(chunks: AsyncIterable<string>, name: string): AsyncGenerator<XmlPart> {
  const pattern = new RegExp(`<!\\[CDATA\\[|<!--|<(\\/?)(?:[\\w.-]{1,40}:)?${name}(?=[\\s/>])`, 'g');
  let [rest, seen, line, isInside] = ['', 0, 1, false];
  const take = (end: number, kind: XmlPart['kind']): XmlPart => {
    const part = { kind, xml: rest.slice(0, end), line };
    if (kind === 'frame' && entityDeclaration.test(part.xml))
      throw new CliError(
        'It declares XML entities, which can make a short file endless: remove them from its DOCTYPE.',
      );
    line += countLineBreaks(part.xml);
    [rest, seen] = [rest.slice(end), 0];
    return part;
  };
  for await (const chunk of chunks) {
    rest += chunk;
    for (;;) {
      const step = findCut(rest, seen, { pattern, isInside });
      if ('seen' in step) {
        seen = step.seen;
        break;
      }
      const part = take(step.cut, isInside ? 'item' : 'frame');
      if (isInside || part.xml.trim() !== '') yield part;
      isInside = !isInside;
      if (!isInside) continue;
      const tagEnd = rest.indexOf('>') + 1;
      if (rest[tagEnd - 2] === '/') {
        yield take(tagEnd, 'item');
        isInside = false;
      } else seen = tagEnd;
    }
    if (rest.length > maxPartLength)
      throw new CliError(
        isInside
          ? `What begins on line ${line} is not closed by </${name}>.`
          : `What begins on line ${line} is longer than ${maxPartLength / 1024 / 1024} million characters.`,
      );
  }
  if (isInside) throw new CliError(`The file is cut off: the ${name} on line ${line} is not closed.`);
  if (rest.trim() !== '') yield take(rest.length, 'frame');
}
