import { repairMojibake } from '../../../functions/core/text/mojibake.ts';

export type Utf16 = 'utf-16le' | 'utf-16be';

/** By its byte order mark, else because every second byte of Latin letters and separators is NUL. */
export const detectUtf16 = (sample: Uint8Array): Utf16 | undefined => {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  const nuls: [number, number] = [0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) nuls[index % 2 === 0 ? 0 : 1] += 1;
  const [even, odd] = nuls;
  if (Math.max(even, odd) * 4 < sample.length || (even > 0 && odd > 0)) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
};

const utf8Mark = Buffer.from('\ufeff');

/** Without a byte order mark; UTF-16 becomes UTF-8. What is neither stays as it is. */
export async function* toCsvBytes(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Utf16 | undefined,
): AsyncGenerator<Buffer> {
  const decoder = encoding && new TextDecoder(encoding);
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (decoder) {
      yield Buffer.from(decoder.decode(chunk, { stream: true }));
      continue;
    }
    const bytes: Buffer = start === undefined ? Buffer.from(chunk) : Buffer.concat([start, chunk]);
    if (start !== undefined && bytes.length < utf8Mark.length) {
      start = bytes;
      continue;
    }
    yield start !== undefined && bytes.subarray(0, 3).equals(utf8Mark) ? bytes.subarray(3) : bytes;
    start = undefined;
  }
  yield decoder ? Buffer.from(decoder.decode()) : (start ?? Buffer.alloc(0));
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');

/** Letters that stand like this in no word: the bytes are of Mac OS Roman, Shift-JIS or another encoding. */
const misread = /[\u0080-\u009f‚„†‡ˆ‰‹›ƒ]|[À-ÿ]{3}|[À-ÿ][¡-ª¬-º¼-¿]|[a-z][ŠŽŸŒÀ-Þ]/;

/**
 * A field whose bytes were read as Latin-1. It is UTF-8 if its bytes are, else Windows-1252: a file may have both,
 * after lines were pasted together. What is neither gets U+FFFD, so that nothing takes it for a word.
 */
export const decodeCsvField = (field: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the end of ASCII
  if (/^[\u0000-\u007f]*$/.test(field)) return field;
  const bytes = Buffer.from(field, 'latin1');
  try {
    return repairMojibake(utf8.decode(bytes));
  } catch {
    const text = windows1252.decode(bytes);
    return misread.test(text) ? bytes.toString() : text;
  }
};
