/** The smallest files of each type that programs read, made here. */

const text = (value: string): Buffer => Buffer.from(value, 'latin1');
const uint = (value: number, bytes: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};

const box = (type: string, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([uint(content.length + 8, 4), text(type), content]);
};

const track = (handler: string): Buffer =>
  box('trak', box('mdia', box('hdlr', uint(0, 4), uint(0, 4), text(handler), Buffer.alloc(13))));

interface Mp4Options {
  readonly brand?: string;
  readonly handlers: readonly string[];
  readonly seconds: number;
  readonly extra?: readonly Buffer[];
  /** The index behind the pictures, as cameras write it. */
  readonly isIndexLast?: boolean;
  readonly mediaBytes?: number;
}

export const buildMp4 = ({
  brand = 'isom',
  handlers,
  seconds,
  extra = [],
  isIndexLast = false,
  mediaBytes = 100,
}: Mp4Options): Buffer => {
  const header = box(
    'mvhd',
    uint(0, 4),
    uint(0, 4),
    uint(0, 4),
    uint(1000, 4),
    uint(seconds * 1000, 4),
    Buffer.alloc(80),
  );
  const index = box('moov', header, ...handlers.map(track), ...extra);
  const media = box('mdat', Buffer.alloc(mediaBytes, 1));
  return Buffer.concat([
    box('ftyp', text(brand), uint(0, 4), text(brand)),
    ...(isIndexLast ? [media, index] : [index, media]),
  ]);
};

/** `©xyz`, where a phone says a film was taken. */
export const placeBox = box('udta', box('\u00a9xyz', uint(18, 2), uint(0, 2), text('+38.7223-009.1393/')));

/** Frames of MPEG 1, layer III, 128 kbit/s, 44.1 kHz: 417 bytes and 26 ms each. */
export const buildMp3 = (frames: number, start: Buffer = Buffer.alloc(0)): Buffer => {
  const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413)]);
  return Buffer.concat([start, ...Array.from({ length: frames }, () => frame)]);
};

/** The tag before the sound, of at least 128 bytes. */
export const buildId3Tag = (bytes: number): Buffer =>
  Buffer.concat([text('ID3'), Buffer.from([4, 0, 0, 0, 0, bytes >> 7, bytes & 127]), Buffer.alloc(bytes, 0xff)]);

/** A first frame that says how many follow, as programs write it where the bit rate varies. */
export const buildVariableMp3 = (frames: number): Buffer => {
  const first = Buffer.alloc(417);
  first.set([0xff, 0xfb, 0x90, 0x00]);
  first.write('Xing', 36, 'latin1');
  first.writeUInt32BE(1, 40);
  first.writeUInt32BE(frames, 44);
  return Buffer.concat([first, buildMp3(3)]);
};

export const samplePdf = text('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n');
export const sampleEpub = Buffer.concat([
  text('PK\u0003\u0004'),
  Buffer.alloc(22),
  uint(0x0800, 2),
  uint(0, 2),
  text('mimetypeapplication/epub+zip'),
]);
export const sampleVtt = text('WEBVTT\n\n00:00.000 --> 00:02.000\nThe ferry leaves.\n');
export const sampleCsv = text('day,ferries\nMonday,3\n');
