import { CliError } from '../../output/cli-error.ts';

/** An element of the array that is read, or text of the document around it. */
export interface JsonPart {
  readonly kind: 'item' | 'frame';
  readonly json: string;
}

/** What becomes of the elements of an array. */
export type ArrayUse = 'items' | 'keep' | 'drop';

/** Characters of an element: a longer one is no article. */
const maxItemLength = 16 * 1024 * 1024;

/** Characters of the longest key of an array that is looked for. */
const maxKeyLength = 100;

interface Container {
  readonly kind: '{' | '[';
  readonly path: string;
  readonly use: ArrayUse;
  /** Of the next element of an array. */
  index: number;
  key: string;
}

/** Where a string ends that begins at a place; -1 if it does not end in the text. */
const findStringEnd = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
};

const structural = /["{}[\],]/g;

type FoundSign = { readonly sign: string; readonly at: number } | { readonly seen: number };

/** Finds the next sign outside of strings; else from where to look once there is more text. */
const findSign = (text: string, from: number, noteKey: (key: string) => void): FoundSign => {
  structural.lastIndex = from;
  for (let found = structural.exec(text); found; found = structural.exec(text)) {
    if (found[0] !== '"') return { sign: found[0], at: found.index };
    const end = findStringEnd(text, found.index);
    if (end < 0) return { seen: found.index };
    if (end - found.index <= maxKeyLength) noteKey(text.slice(found.index + 1, end));
    structural.lastIndex = end + 1;
  }
  return { seen: text.length };
};

/** Follows the signs of a document, and says where the elements of its lists begin and end. */
const createListFinder = (selectUse: (path: string) => ArrayUse) => {
  const open: Container[] = [];
  let list: Container | undefined;
  /** Of the text within an element. */
  let depth = 0;

  const enter = (kind: Container['kind']): void => {
    const parent = open.at(-1);
    const name = parent?.kind === '[' ? String(parent.index) : (parent?.key ?? '');
    const path = parent?.path ? `${parent.path}.${name}` : name;
    const container = { kind, path, use: kind === '[' ? selectUse(path) : ('keep' as const), index: 0, key: '' };
    open.push(container);
    if (container.use !== 'keep') list = container;
  };
  const stepInList = (sign: string): 'element' | 'end' | undefined => {
    if (depth > 0 || sign === '{' || sign === '[') {
      if (sign !== ',') depth += sign === '{' || sign === '[' ? 1 : -1;
      return undefined;
    }
    if (sign === ',') return 'element';
    open.pop();
    list = undefined;
    return 'end';
  };

  return {
    /** What becomes of the list that the text is in. */
    findUse: (): ArrayUse => list?.use ?? 'keep',
    noteKey: (key: string): void => {
      const parent = open.at(-1);
      if (!list && parent?.kind === '{') parent.key = key;
    },
    step: (sign: string): 'start' | 'element' | 'end' | undefined => {
      if (list) return stepInList(sign);
      const parent = open.at(-1);
      if (sign === '{' || sign === '[') enter(sign);
      else if (sign !== ',') open.pop();
      else if (parent) parent.index += 1;
      return list ? 'start' : undefined;
    },
  };
};

/**
 * Cuts a JSON document at the elements of its large arrays as it is read, so that no more than one is in memory.
 * @param selectUse takes the path of an array, such as `db.0.data.posts`. Elements that are not kept are missing in the
 * frame, which stays a JSON document.
 */
export async function* readJsonParts(
  chunks: AsyncIterable<string>,
  selectUse: (path: string) => ArrayUse,
): AsyncGenerator<JsonPart> {
  const { findUse, noteKey, step } = createListFinder(selectUse);
  let [rest, at, kept] = ['', 0, 0];
  const takeTo = (end: number): string => {
    const json = rest.slice(kept, end);
    kept = end;
    return json;
  };
  for await (const chunk of chunks) {
    [rest, at, kept] = [rest.slice(kept) + chunk, at - kept, 0];
    for (;;) {
      const found = findSign(rest, at, noteKey);
      at = 'seen' in found ? found.seen : found.at + 1;
      if ('seen' in found) break;
      const use = findUse();
      const event = step(found.sign);
      if (event === undefined) continue;
      const json = takeTo(event === 'start' ? at : found.at);
      if (event === 'start') yield { kind: 'frame', json };
      else if (use === 'items' && json.trim() !== '') yield { kind: 'item', json };
      if (event === 'element') kept = at;
    }
    if (findUse() === 'keep') yield { kind: 'frame', json: takeTo(at) };
    else if (findUse() === 'drop') kept = at;
    if (rest.length - kept > maxItemLength)
      throw new CliError(`One of its elements is longer than ${maxItemLength / 1024 / 1024} million characters.`);
  }
  if (findUse() === 'keep') yield { kind: 'frame', json: takeTo(rest.length) };
}
