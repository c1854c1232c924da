import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A running checksum; `digest` returns base64, as the headers carry it. */
export interface Checksum {
  update(chunk: Uint8Array): void;
  digest(): string;
}

/** The headers (or trailers) that carry a checksum of the body. */
export const checksumHeaders = [
  'x-amz-checksum-crc32',
  'x-amz-checksum-crc32c',
  'x-amz-checksum-crc64nvme',
  'x-amz-checksum-sha1',
  'x-amz-checksum-sha256',
] as const;
export type ChecksumHeader = (typeof checksumHeaders)[number];

const createHashChecksum = (algorithm: string): Checksum => {
  const running = createHash(algorithm);
  return { update: (chunk) => running.update(chunk), digest: () => running.digest('base64') };
};

const encodeWords = (...words: number[]): string => {
  const bytes = Buffer.alloc(4 * words.length);
  words.forEach((word, index) => {
    bytes.writeUInt32BE(word >>> 0, 4 * index);
  });
  return bytes.toString('base64');
};

const createCrc32Checksum = (): Checksum => {
  let value = 0;
  return {
    update: (chunk) => {
      value = crc32(chunk, value);
    },
    digest: () => encodeWords(value),
  };
};

/** Table of a reflected 64-bit CRC as two 32-bit halves; a 32-bit CRC uses the low half only. */
const buildCrcTable = (polynomialHigh: number, polynomialLow: number) => {
  const high = new Int32Array(256);
  const low = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let [h, l] = [0, byte];
    for (let bit = 0; bit < 8; bit++) {
      const odd = l & 1;
      l = (l >>> 1) | (h << 31);
      h >>>= 1;
      if (odd) [h, l] = [h ^ polynomialHigh, l ^ polynomialLow];
    }
    high[byte] = h;
    low[byte] = l;
  }
  return { high, low };
};

const createReflectedCrc = (table: ReturnType<typeof buildCrcTable>, wide: boolean): Checksum => {
  let [high, low] = [wide ? -1 : 0, -1];
  return {
    update: (chunk) => {
      for (const byte of chunk) {
        const index = (low ^ byte) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ (table.low[index] ?? 0);
        high = (high >>> 8) ^ (table.high[index] ?? 0);
      }
    },
    digest: () => (wide ? encodeWords(~high, ~low) : encodeWords(~low)),
  };
};

const crc32cTable = buildCrcTable(0, 0x82f63b78);
const crc64nvmeTable = buildCrcTable(0x9a6c9329, 0xac4bc9b5);

const checksumFactories: Record<ChecksumHeader, () => Checksum> = {
  'x-amz-checksum-crc32': createCrc32Checksum,
  'x-amz-checksum-crc32c': () => createReflectedCrc(crc32cTable, false),
  'x-amz-checksum-crc64nvme': () => createReflectedCrc(crc64nvmeTable, true),
  'x-amz-checksum-sha1': () => createHashChecksum('sha1'),
  'x-amz-checksum-sha256': () => createHashChecksum('sha256'),
};

export const createChecksum = (header: ChecksumHeader): Checksum => checksumFactories[header]();
