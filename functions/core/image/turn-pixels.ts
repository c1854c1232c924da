/** Four bytes for each pixel: red, green, blue, alpha. */
export interface PixelBuffer {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * PixelBuffer as they are shown.
 * @param orientation as in EXIF: how the stored pixels are turned or mirrored, from 1 (upright) to 8
 */
export const turnPixels = ({ data, width, height }: PixelBuffer, orientation: number): PixelBuffer => {
  if (orientation === 1) return { data, width, height };
  const isOnItsSide = orientation > 4;
  const turned = isOnItsSide ? { width: height, height: width } : { width, height };
  const isMirroredX = [2, 3, 7, 8].includes(orientation);
  const isMirroredY = [3, 4, 6, 7].includes(orientation);
  const from = new Uint32Array(data.slice().buffer);
  const to = new Uint32Array(from.length);
  for (let y = 0; y < turned.height; y += 1)
    for (let x = 0; x < turned.width; x += 1) {
      const [column, row] = isOnItsSide ? [y, x] : [x, y];
      const sourceX = isMirroredX ? width - 1 - column : column;
      const sourceY = isMirroredY ? height - 1 - row : row;
      to[y * turned.width + x] = from[sourceY * width + sourceX] ?? 0;
    }
  return { data: new Uint8Array(to.buffer), ...turned };
};
