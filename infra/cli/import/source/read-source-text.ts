import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { decodeText } from '../../../../functions/core/article/decode-text.ts';
import { SeedRejected } from '../../../../functions/core/article.ts';
import { CliError, exitCodes } from '../../output/cli-error.ts';

const startBytes = 64 * 1024;
const chunkBytes = 1024 * 1024;

/** Of a larger file the encoding is not guessed, since that takes all of it. */
const maxGuessedBytes = 16 * 1024 * 1024;

export const readFileStart = async (path: string): Promise<Buffer> => {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(startBytes), 0, startBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

const createDecodingError = (path: string, cause: unknown): unknown => {
  if (cause instanceof SeedRejected || cause instanceof RangeError)
    return new CliError(`${path} cannot be read. ${cause.message}`, exitCodes.failed, { cause });
  if (cause instanceof TypeError && 'code' in cause && cause.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return new CliError(`${path} is not UTF-8 and does not say in which encoding it is.`, exitCodes.failed, { cause });
  return cause;
};

const findEncoding = (start: Buffer): string | undefined => {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const declared = /^<\?xml[^>]*?encoding=["']([\w-]+)/.exec(start.toString('latin1', 0, 200))?.[1];
  return declared === undefined || /^utf-?(?:8|16)/i.test(declared) ? undefined : declared;
};

async function* decodeStream(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: encoding === 'utf-8' });
  for await (const bytes of createReadStream(path, { highWaterMark: chunkBytes }))
    yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

/** The text of a file in pieces: of the encoding that it declares, or else of UTF-8 or what it most resembles. */
export async function* readSourceText(path: string, size: number): AsyncGenerator<string> {
  try {
    const encoding = findEncoding(await readFileStart(path));
    if (encoding === undefined && size <= maxGuessedBytes)
      yield decodeText(await readFile(path)).replace(/^\ufeff/, '');
    else yield* decodeStream(path, encoding ?? 'utf-8');
  } catch (cause) {
    throw createDecodingError(path, cause);
  }
}

/** Reads chunks until there is something to tell a format by. `all` has them again. */
export const readStart = async (chunks: AsyncIterable<string>) => {
  const iterator = chunks[Symbol.asyncIterator]();
  let start = '';
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    start += next.value;
    if (start.length >= startBytes) break;
  }
  const all = async function* (): AsyncGenerator<string> {
    yield start;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  };
  return { start: start.slice(0, startBytes), all: all() };
};
