/** Whole numbers of any size in as few bytes as they need, seven bits in each (LEB128), and texts with their length. */

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export const createIndexReader = (bytes: Uint8Array, start = 0) => {
  let position = start;
  const readNumber = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[position++];
      if (byte === undefined) throw new RangeError('the search index ends too early');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  const readBytes = (length: number): Uint8Array => {
    if (position + length > bytes.length) throw new RangeError('the search index ends too early');
    position += length;
    return bytes.subarray(position - length, position);
  };
  return {
    readNumber,
    readBytes,
    readText: (): string => decoder.decode(readBytes(readNumber())),
    getPosition: (): number => position,
    isAtEnd: (): boolean => position >= bytes.length,
  };
};

export const createIndexWriter = () => {
  let bytes = new Uint8Array(1024);
  let length = 0;
  const reserve = (more: number): void => {
    if (length + more <= bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes.length * 2, length + more));
    larger.set(bytes.subarray(0, length));
    bytes = larger;
  };
  const writeNumber = (value: number): void => {
    reserve(8);
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes[length++] = (rest % 128) | 128;
    bytes[length++] = rest;
  };
  const writeBytes = (more: Uint8Array): void => {
    reserve(more.length);
    bytes.set(more, length);
    length += more.length;
  };
  return {
    writeNumber,
    writeBytes,
    writeText: (text: string): void => {
      const encoded = encoder.encode(text);
      writeNumber(encoded.length);
      writeBytes(encoded);
    },
    getLength: (): number => length,
    toBytes: (): Uint8Array => bytes.slice(0, length),
  };
};
