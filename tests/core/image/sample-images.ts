import { crc32 } from 'node:zlib';
import { parseExtension } from '../../../functions/core/seed-kind.ts';

const decode = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));

/** Images of 8 by 6 pixels, made with Pillow 13. Only the last has metadata: EXIF and XMP with the secret. */
export const sampleImages = {
  'baseline.jpg': decode(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8' +
      'ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAAR' +
      'CAAGAAgDAREAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAAAv/EABkQAAEFAAAAAAAAAAAAAAAAAAACBAUhMf/EABUBAQEAAAAAAAAAAAAA' +
      'AAAAAAEC/8QAGBEAAwEBAAAAAAAAAAAAAAAAAAEEAgP/2gAMAwEAAhEDEQA/AA2jkVg77Miahn//2Q==',
  ),
  'progressive.jpg': decode(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8' +
      'ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wgAR' +
      'CAAGAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAVAQEBAAAAAAAAAAAAAAAAAAABAv/aAAwDAQACEAMQAAABkS//xAAW' +
      'EAADAAAAAAAAAAAAAAAAAAAAAgP/2gAIAQEAAQUCWZ//xAAYEQACAwAAAAAAAAAAAAAAAAAAAQIDEf/aAAgBAwEBPwGuTw//xAAVEQEBAAAA' +
      'AAAAAAAAAAAAAAABAP/aAAgBAgEBPwFW/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQAGPwJ//8QAFRABAQAAAAAAAAAAAAAAAAAAAAH/' +
      '2gAIAQEAAT8hg//aAAwDAQACAAMAAAAQ+//EABURAQEAAAAAAAAAAAAAAAAAAABB/9oACAEDAQE/EKb/xAAWEQADAAAAAAAAAAAAAAAAAAAA' +
      'ETH/2gAIAQIBAT8Qep//xAAWEAADAAAAAAAAAAAAAAAAAAAAITH/2gAIAQEAAT8QXh//2Q==',
  ),
  'cmyk.jpg': decode(
    '/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAbEhQXFBEbFxYXHhwbIChCKyglJShROj0wQmBVZWRfVV1baniZgWpxkHNbXYW1hpCeo6utq2eAvMm6' +
      'pseZqKuk/8AAFAgABgAIBEMRAE0RAFkRAEsRAP/EABcAAAMBAAAAAAAAAAAAAAAAAAABAwb/xAAZEAEAAgMAAAAAAAAAAAAAAAAAAwUVQmH/' +
      '2gAOBEMATQBZAEsAAD8AhQ6lgouBpn//2Q==',
  ),
  'plain.png': decode(
    'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAIAAABxZ0isAAAAGElEQVR4nGNkYGiQY2DARCwMGgxYAT0kAPnyAjAX1AN6AAAAAElFTkSuQmCC',
  ),
  'animated.png': decode(
    'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAIAAABxZ0isAAAACGFjVEwAAAACAAAAAPONk3AAAAAaZmNUTAAAAAAAAAAIAAAABgAAAAAAAAAA' +
      'AAEACgAAHz2iFwAAABhJREFUeJxjZGBokGNgwEQsDBoMWAE9JAD58gIwF9QDegAAABpmY1RMAAAAAQAAAAgAAAAGAAAAAAAAAAAAAQAKAACE' +
      'TkjDAAAAHGZkQVQAAAACeJxjtGFokGNgwEQsDBoMWAE9JAAc7QJsTf0h0gAAAABJRU5ErkJggg==',
  ),
  'animated.gif': decode(
    'R0lGODlhCAAGAIEAAJaggB6ggGlQgGkUgCH/C05FVFNDQVBFMi4wAwEAAAAh+QQACgAAACwAAAAACAAGAAAIHQAHCBxIsOCAAAISKgQQoGFC' +
      'ABAbBoBIUSJFiAEBACH5BAEKAAQALAAAAAAIAAYAgbSggDeggIVQgIUUgAgbAAcIHEiw4AABCBMCCMAQIYCHDAM8nBhxIsSAADs=',
  ),
  'lossy.webp': decode(
    'UklGRj4AAABXRUJQVlA4IDIAAADwAQCdASoIAAYABABoJbACdH8AGBTe9QAA/uYH7u0myJVFtu3W98Z1z1eRWDbkM/YAAA==',
  ),
  'lossless.webp': decode('UklGRioAAABXRUJQVlA4TB4AAAAvB0ABALmM6H/sIqL/ASEBYY7/GyULxmMAYwKQWjY='),
  'alpha.webp': decode(
    'UklGRn4AAABXRUJQVlA4WAoAAAAQAAAABwAABQAAQUxQSCYAAAABLyCQTUMWObRHRDQ2IGQjSadwCq/wCq/w/lqdiP7HYKuDW73qA1ZQOCAy' +
      'AAAA8AEAnQEqCAAGAAQAaCWwAnR/ABgU3vUAAP7mB+7tJsiVRbbt1vfGdc9XKxMU0OuKAAA=',
  ),
  'animated.webp': decode(
    'UklGRvwAAABXRUJQVlA4WAoAAAACAAAABwAABQAAQU5JTQYAAAAAAAAAAABBTk1GYAAAAAAAAAAAAAcAAAUAAGQAAAJWUDggSAAAAFABAJ0B' +
      'KggABgAEAGglsAAFjAAA/t3d8/+///ivPxfn9//ig/96fTv6eFbxJ0hPGH2MlE78emMuXvLB9/54A9tlmrdseAAAAEFOTUZoAAAAAAAAAAAA' +
      'BwAABQAAZAAAAFZQOCBQAAAAVAEAnQEqCAAGAAAAaCWoAAWMAADM//+DX9r//FedG2//4oP/en50xNADk+cujjwwxm2Sk/lKr5yynADmZCwL' +
      'rLsekGcCW+Py8xQtz/UpAAA=',
  ),
  'alpha.avif': decode(
    'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAAGGbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAO' +
      'cGl0bQAAAAAAAQAAACxpbG9jAAAAAEQAAAIAAQAAAAEAAAHEAAAAKgACAAAAAQAAAa4AAAAWAAAAQmlpbmYAAAAAAAIAAAAaaW5mZQIAAAAA' +
      'AQAAYXYwMUNvbG9yAAAAABppbmZlAgAAAAACAABhdjAxQWxwaGEAAAAAGmlyZWYAAAAAAAAADmF1eGwAAgABAAEAAADDaXBycAAAAJ1pcGNv' +
      'AAAAFGlzcGUAAAAAAAAACAAAAAYAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAAA5waXhpAAAAAAEI' +
      'AAAADGF2MUOBABwAAAAAOGF1eEMAAAAAdXJuOm1wZWc6bXBlZ0I6Y2ljcDpzeXN0ZW1zOmF1eGlsaWFyeTphbHBoYQAAAAAeaXBtYQAAAAAA' +
      'AAACAAEEAQKDBAACBAEFhgcAAABIbWRhdBIACgUYCL1hUDILGwBpoQAETynNWBASAAoIGAi9aICGg0IyHBxHh4Xd0000wsUAAJA2DMBbPHKb' +
      'ro2qBYDt/sg=',
  ),
  'with-exif-and-xmp.avif': decode(
    'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAAF0bWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAO' +
      'cGl0bQAAAAAAAQAAADppbG9jAAAAAEQAAAMAAQAAAAEAAAIIAAAAKgACAAAAAQAAAZwAAAAyAAMAAAABAAABzgAAADoAAABtaWluZgAAAAAA' +
      'AwAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAGWluZmUCAAAAAAIAAEV4aWZFeGlmAAAAACxpbmZlAgAAAAADAABtaW1lWE1QAGFwcGxp' +
      'Y2F0aW9uL3JkZit4bWwAAAAAKGlyZWYAAAAAAAAADmNkc2MAAgABAAEAAAAOY2RzYwADAAEAAQAAAGppcHJwAAAAS2lwY28AAAAUaXNwZQAA' +
      'AAAAAAAIAAAABgAAABBwaXhpAAAAAAMICAgAAAAMYXYxQ4EADAAAAAATY29scm5jbHgAAQANAAaAAAAAF2lwbWEAAAAAAAAAAQABBAECgwQA' +
      'AACebWRhdAAAAAZFeGlmAABNTQAqAAAACAABAQ8AAgAAAA0AAAAaAAAAAFNFQ1JFVC1NQUtFUgAAPHg6eG1wbWV0YSB4bWxuczp4PSJhZG9i' +
      'ZTpuczptZXRhLyI+U0VDUkVULVhNUDwveDp4bXBtZXRhPhIACggYCL1ogIaDQjIcHEeHhd3TTTTCxQAAkDYMwFs8cpuujaoFgO3+yA==',
  ),
} as const;

/** What all metadata that the functions below add contains. */
export const secret = 'SECRET';

const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

const concat = (...parts: readonly (Uint8Array | string)[]): Uint8Array =>
  Uint8Array.from(Buffer.concat(parts.map((part) => (typeof part === 'string' ? latin1(part) : part))));

const bigEndian = (value: number, length: number): Uint8Array => {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return Uint8Array.from(bytes);
};

const littleEndian = (value: number): Uint8Array => bigEndian(value, 4).reverse();

/** EXIF as a camera writes it: a maker with the secret, the orientation, and a position. */
export const buildExif = (orientation: number, byteOrder: 'II' | 'MM' = 'II'): Uint8Array => {
  const number = (value: number, length: number) =>
    byteOrder === 'MM' ? bigEndian(value, length) : bigEndian(value, length).reverse();
  const entry = (tag: number, type: number, count: number, value: Uint8Array) =>
    concat(number(tag, 2), number(type, 2), number(count, 4), value);
  const maker = `${secret}\0\0`;
  const positionOffset = 8 + 2 + 3 * 12 + 4;
  return concat(
    byteOrder,
    number(42, 2),
    number(8, 4),
    number(3, 2),
    entry(0x010f, 2, maker.length, number(positionOffset + 2 + 12 + 4, 4)),
    entry(0x0112, 3, 1, concat(number(orientation, 2), number(0, 2))),
    entry(0x8825, 4, 1, number(positionOffset, 4)),
    number(0, 4),
    number(1, 2),
    entry(1, 2, 2, concat('N\0\0\0')),
    number(0, 4),
    maker,
  );
};

export const buildJpegSegment = (marker: number, payload: Uint8Array | string): Uint8Array =>
  concat(Uint8Array.of(0xff, marker), bigEndian(payload.length + 2, 2), payload);

export const addJpegSegments = (jpeg: Uint8Array, ...segments: readonly Uint8Array[]): Uint8Array =>
  concat(jpeg.subarray(0, 2), ...segments, jpeg.subarray(2));

export const buildPngChunk = (type: string, data: Uint8Array | string): Uint8Array => {
  const typed = concat(type, data);
  return concat(bigEndian(data.length, 4), typed, bigEndian(crc32(typed), 4));
};

/** Adds chunks behind the header of a PNG. */
export const addPngChunks = (png: Uint8Array, ...chunks: readonly Uint8Array[]): Uint8Array =>
  concat(png.subarray(0, 33), ...chunks, png.subarray(33));

export const buildWebpChunk = (type: string, data: Uint8Array | string): Uint8Array =>
  concat(type, littleEndian(data.length), data, data.length % 2 === 1 ? '\0' : '');

/** Adds chunks at the end of a WebP, and to its length. */
export const addWebpChunks = (webp: Uint8Array, ...chunks: readonly Uint8Array[]): Uint8Array => {
  const body = concat(webp.subarray(8), ...chunks);
  return concat('RIFF', littleEndian(body.length), body);
};

export const buildGifExtension = (label: number, ...blocks: readonly string[]): Uint8Array =>
  concat(Uint8Array.of(0x21, label), ...blocks.flatMap((block) => [Uint8Array.of(block.length), block]), '\0');

/** Adds extensions behind the header and the color table of a GIF. */
export const addGifExtensions = (gif: Uint8Array, ...extensions: readonly Uint8Array[]): Uint8Array => {
  const start = 13 + 3 * 2 ** (((gif[10] ?? 0) & 7) + 1);
  return concat(gif.subarray(0, start), ...extensions, gif.subarray(start));
};

const addMetadataByFormat: Readonly<Record<string, (image: Uint8Array) => Uint8Array>> = {
  jpg: (jpeg) =>
    concat(
      addJpegSegments(
        jpeg,
        buildJpegSegment(0xe0, `JFXX\0\x10${secret}`),
        buildJpegSegment(0xe1, concat('Exif\0\0', buildExif(1))),
        buildJpegSegment(0xe1, `http://ns.adobe.com/xap/1.0/\0${secret}`),
        buildJpegSegment(0xe2, `MPF\0${secret}`),
        buildJpegSegment(0xec, `Ducky${secret}`),
        buildJpegSegment(0xed, `Photoshop 3.0\x008BIM${secret}`),
        buildJpegSegment(0xfe, secret),
      ),
      jpeg,
      secret,
    ),
  png: (png) =>
    concat(
      addPngChunks(
        png,
        buildPngChunk('tEXt', `Comment\0${secret}`),
        buildPngChunk('zTXt', `Comment\0\0${secret}`),
        buildPngChunk('iTXt', `XML:com.adobe.xmp\0\0\0\0\0${secret}`),
        buildPngChunk('tIME', secret.padEnd(7)),
        buildPngChunk('eXIf', buildExif(1)),
        buildPngChunk('prVt', secret),
      ),
      secret,
    ),
  gif: (gif) =>
    concat(
      addGifExtensions(
        gif,
        buildGifExtension(0xfe, secret),
        buildGifExtension(0xff, 'XMP DataXMP', secret),
        buildGifExtension(0x01, ' '.repeat(12), secret),
      ),
      secret,
    ),
  webp: (webp) =>
    concat(
      addWebpChunks(
        webp,
        buildWebpChunk('EXIF', buildExif(1)),
        buildWebpChunk('XMP ', secret),
        buildWebpChunk('prVt', secret),
      ),
      secret,
    ),
  avif: (avif) => concat(avif, bigEndian(8 + secret.length, 4), 'uuid', secret),
};

/** Images as they are, and with all the metadata that their formats have room for, each with the secret in it. */
export const imageCases = Object.entries(sampleImages).map(([key, plain]) => ({
  key,
  plain,
  withMetadata: addMetadataByFormat[parseExtension(key)]?.(plain) ?? new Uint8Array(),
}));
