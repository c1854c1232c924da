import {
  type ByteReader,
  createByteReader,
  createDamagedError,
  joinBytes,
  maxParts,
  startsWithText,
} from './byte-reader.ts';

const blocks = { extension: 0x21, image: 0x2c, end: 0x3b } as const;
const graphicControl = 0xf9;
const application = 0xff;
/** How often an animation is repeated, and the color profile. XMP comes as an application, too. */
const shownApplications = ['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012'];

const screenLength = 13;
const imageHeaderLength = 9;

/**
 * A GIF with its images, color profile and animation only. Comments, texts, data of other applications and everything
 * after the end are left out.
 * @throws {SeedRejected} for what is no GIF
 */
export const stripGifMetadata = (bytes: Uint8Array): Uint8Array => {
  const reader = createByteReader(bytes, 'little');
  skipColorTable(reader, reader.take(screenLength)[10]);
  const kept = [bytes.subarray(0, reader.getOffset())];
  let hasImage = false;
  for (let count = 0; count < maxParts; count += 1) {
    const start = reader.getOffset();
    // Some files lack the last byte, and are shown all the same.
    const block = hasImage && reader.isAtEnd() ? blocks.end : reader.takeUint(1);
    if (block === blocks.end && hasImage) return joinBytes([...kept, Uint8Array.of(block)]);
    if (block === blocks.image) {
      hasImage = true;
      skipColorTable(reader, reader.take(imageHeaderLength)[8]);
      reader.skip(1);
      skipDataBlocks(reader);
      kept.push(bytes.subarray(start, reader.getOffset()));
    } else if (block === blocks.extension) {
      const label = reader.takeUint(1);
      const data = bytes.subarray(reader.getOffset() + 1);
      skipDataBlocks(reader);
      if (isShown(label, data)) kept.push(bytes.subarray(start, reader.getOffset()));
    } else break;
  }
  throw createDamagedError(reader.getOffset());
};

/** The lowest three bits are the size, and the highest says whether there is a table. */
const skipColorTable = (reader: ByteReader, packed = 0): void => {
  if (packed & 0x80) reader.skip(3 * 2 ** ((packed & 0x07) + 1));
};

/** Each data block has its length before it; the last one is empty. */
const skipDataBlocks = (reader: ByteReader): void => {
  let length = reader.takeUint(1);
  while (length > 0) {
    reader.skip(length);
    length = reader.takeUint(1);
  }
};

const isShown = (label: number, data: Uint8Array): boolean =>
  label === graphicControl || (label === application && shownApplications.some((name) => startsWithText(data, name)));
