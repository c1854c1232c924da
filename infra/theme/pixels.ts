import { PNG } from 'pngjs';

/** A square picture: four bytes (red, green, blue, opacity) for each pixel, row by row. */
export interface Pixels {
  /** Of a side, in pixels. */
  readonly size: number;
  readonly data: Uint8Array;
}

const channelCount = 4;

/** Each pixel is the mean of those that it covers, weighted by their opacity. The size must not be larger. */
export const scaleDown = ({ size, data }: Pixels, newSize: number): Pixels => {
  const scaled = new Uint8Array(newSize * newSize * channelCount);
  const ratio = size / newSize;
  for (let y = 0; y < newSize; y += 1) {
    for (let x = 0; x < newSize; x += 1) {
      scaled.set(averageArea({ size, data }, x * ratio, y * ratio, ratio), (y * newSize + x) * channelCount);
    }
  }
  return { size: newSize, data: scaled };
};

/** The overlap of the pixel at `position` with the interval from `start` to `end`. */
const measureOverlap = (position: number, start: number, end: number): number =>
  Math.min(position + 1, end) - Math.max(position, start);

const averageArea = ({ size, data }: Pixels, left: number, top: number, side: number): number[] => {
  const sums = [0, 0, 0];
  let opacity = 0;
  for (let y = Math.floor(top); y < Math.min(size, top + side); y += 1) {
    for (let x = Math.floor(left); x < Math.min(size, left + side); x += 1) {
      const offset = (y * size + x) * channelCount;
      const area = measureOverlap(x, left, left + side) * measureOverlap(y, top, top + side);
      const weight = (data[offset + 3] ?? 0) * area;
      opacity += weight;
      for (let channel = 0; channel < 3; channel += 1)
        sums[channel] = (sums[channel] ?? 0) + (data[offset + channel] ?? 0) * weight;
    }
  }
  return [...sums.map((sum) => (opacity === 0 ? 0 : Math.round(sum / opacity))), Math.round(opacity / side ** 2)];
};

export const encodePng = ({ size, data }: Pixels): Uint8Array => {
  const image = new PNG({ width: size, height: size });
  image.data = Buffer.from(data);
  return new Uint8Array(PNG.sync.write(image));
};

const icoHeaderBytes = 6;
const icoEntryBytes = 16;

/** An ICO file of PNG pictures, which every browser reads. */
export const encodeIco = (pictures: readonly Pixels[]): Uint8Array => {
  const images = pictures.map(encodePng);
  const header = Buffer.alloc(icoHeaderBytes + icoEntryBytes * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [n, image] of images.entries()) {
    const entry = icoHeaderBytes + icoEntryBytes * n;
    const { size = 0 } = pictures[n] ?? {};
    // 0 stands for 256.
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(image.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += image.length;
  }
  return new Uint8Array(Buffer.concat([header, ...images]));
};
