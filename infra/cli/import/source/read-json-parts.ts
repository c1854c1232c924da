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

interface Container {
  readonly kind: '{' | '[';
  readonly path: string;
  readonly use: ArrayUse;
  /** Of the next element of an array. */
  index: number;
  key: string;
}

const structural = /["{}[\],]/g;

/** Where a string ends that begins at a place; -1 if it does not end in the text. */
const findStringEnd = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return -1;
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
  const open: Container[] = [];
  let [rest, at, kept] = ['', 0, 0];
  /** The list whose elements are cut out, and how deep within an element the text is. */
  let list: Container | undefined;
  let depth = 0;

  const toPath = (): string => {
    const parent = open.at(-1);
    if (!parent) return '';
    return `${parent.path}${parent.path === '' ? '' : '.'}${parent.kind === '{' ? parent.key : parent.index}`;
  };
  const takeTo = (end: number): string => {
    const json = rest.slice(kept, end);
    kept = end;
    return json;
  };

  for await (const chunk of chunks) {
    [rest, at, kept] = [rest.slice(kept) + chunk, at - kept, 0];
    for (;;) {
      structural.lastIndex = at;
      const found = structural.exec(rest);
      if (!found) {
        at = rest.length;
        break;
      }
      const [sign] = found;
      if (sign === '"') {
        const end = findStringEnd(rest, found.index);
        if (end < 0) {
          at = found.index;
          break;
        }
        const parent = open.at(-1);
        if (!list && parent?.kind === '{' && end - found.index < 100) parent.key = rest.slice(found.index + 1, end);
        at = end + 1;
        continue;
      }
      at = found.index + 1;
      if (list && depth === 0 && (sign === ',' || sign === ']')) {
        const json = takeTo(found.index);
        if (list.use === 'items' && json.trim() !== '') yield { kind: 'item', json };
        if (sign === ',') kept = at;
        else {
          open.pop();
          list = undefined;
        }
      } else if (list) depth += sign === '{' || sign === '[' ? 1 : sign === ',' ? 0 : -1;
      else if (sign === '{' || sign === '[') {
        const path = toPath();
        const use = sign === '[' ? selectUse(path) : 'keep';
        const container: Container = { kind: sign, path, use, index: 0, key: '' };
        open.push(container);
        if (use === 'keep') continue;
        yield { kind: 'frame', json: takeTo(at) };
        list = container;
      } else if (sign === ',') {
        const parent = open.at(-1);
        if (parent) parent.index += 1;
      } else open.pop();
    }
    if (!list) yield { kind: 'frame', json: takeTo(at) };
    else if (list.use === 'drop') kept = at;
    if (rest.length - kept > maxItemLength)
      throw new CliError(`One of its elements is longer than ${maxItemLength / 1024 / 1024} million characters.`);
  }
  if (!list) yield { kind: 'frame', json: takeTo(rest.length) };
}
