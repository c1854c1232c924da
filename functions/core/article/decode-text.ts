import { analyse } from 'chardet';
import { SeedRejected } from '../article.ts';
import { checkFileSignature, checkNulBytes } from './check-binary.ts';

const maxSampleBytes = 2 ** 18;

/** A text with fewer non-ASCII characters for each broken byte is not read as UTF-8. */
const minCharactersPerBrokenByte = 20;

const byteOrderMarks: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

const decodeStrictly = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** UTF-16 without a byte order mark: one of the two bytes of Latin letters, spaces and line ends is NUL. */
const detectUtf16 = (bytes: Uint8Array): string | undefined => {
  const nuls: [number, number] = [0, 0];
  const sample = bytes.subarray(0, maxSampleBytes);
  for (const [index, byte] of sample.entries()) if (byte === 0) nuls[index % 2 === 0 ? 0 : 1] += 1;
  const enough = Math.max(1, sample.length / 40);
  if (bytes.length % 2 !== 0 || (nuls[0] > 0 && nuls[1] > 0)) return undefined;
  if (nuls[1] >= enough) return 'utf-16le';
  return nuls[0] >= enough ? 'utf-16be' : undefined;
};

/** The encoding that an XML declaration or a meta element names, unless that is UTF-8 or UTF-16. */
const findDeclaredEncoding = (bytes: Uint8Array, isHtml: boolean): string | undefined => {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  const declared =
    /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w:-]+)/.exec(head)?.[1] ??
    (isHtml ? /<meta[^>]+?charset\s*=\s*["']?\s*([\w:-]+)/i.exec(head)?.[1] : undefined);
  return declared && !/^(?:utf|unicode|ucs)/i.test(declared) ? declared : undefined;
};

/** UTF-8 with a few broken bytes, as after a cut within a character. */
const decodeMostlyUtf8 = (bytes: Uint8Array): string | undefined => {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.split('\ufffd').length - 1;
  const longer = text.match(/[\u0080-\ufffc\u{10000}-\u{10ffff}]/gu)?.length ?? 0;
  return broken * minCharactersPerBrokenByte <= longer ? text : undefined;
};

/** From shortly before the first byte that is not ASCII, as all encodings are the same before it. */
const selectSample = (bytes: Uint8Array): Uint8Array => {
  const first = bytes.findIndex((byte) => byte >= 0x80);
  return bytes.subarray(Math.max(0, first - 1000), Math.max(0, first - 1000) + maxSampleBytes);
};

/** What Western texts have beside ASCII. */
const westernCharacter = /[äöüßéèêëàâáãåæçñóòôõøíìîïúùûœÄÖÜÉÀÇÅØŒÑ’‘“”„«»–—…•€£°¿¡\u00a0]/g;

const measureWestern = (text: string): number => {
  const others = text.match(/\P{ASCII}/gu)?.length ?? 0;
  return others === 0 ? 0 : (text.match(westernCharacter)?.length ?? 0) / others;
};

/** No library knows the encoding of old Macs. In that of Windows, its letters are signs that are in no word. */
const decodeMacRoman = (bytes: Uint8Array): string | undefined => {
  const sample = selectSample(bytes);
  const [mac, windows] = ['macintosh', 'windows-1252'].map((encoding) =>
    measureWestern(new TextDecoder(encoding).decode(sample)),
  );
  return (mac ?? 0) >= 0.9 && (windows ?? 0) < 0.5 ? new TextDecoder('macintosh').decode(bytes) : undefined;
};

/** Guesses among the legacy encodings; windows-1252, which reads any byte, comes last. */
const decodeLegacy = (bytes: Uint8Array): string => {
  const guesses = analyse(selectSample(bytes))
    .filter(({ name, confidence }) => confidence >= 10 && !/^(?:UTF|ASCII)/.test(name))
    .map(({ name }) => name);
  for (const encoding of guesses) {
    const text = decodeStrictly(bytes, encoding);
    if (text !== undefined && !/[\u0080-\u009f]/.test(text)) return text;
  }
  return new TextDecoder('windows-1252').decode(bytes);
};

const decode = (bytes: Uint8Array, isHtml: boolean): string => {
  checkFileSignature(bytes);
  const marked = byteOrderMarks.find(([mark]) => startsWith(bytes, mark))?.[1] ?? detectUtf16(bytes);
  if (marked) return new TextDecoder(marked).decode(bytes);
  checkNulBytes(bytes);
  if (bytes.includes(0x1b)) {
    const japanese = decodeStrictly(bytes, 'iso-2022-jp');
    if (japanese !== undefined) return japanese;
  }
  const utf8 = decodeStrictly(bytes, 'utf-8');
  if (utf8 !== undefined) return utf8;
  const declared = findDeclaredEncoding(bytes, isHtml);
  const asDeclared = declared && decodeStrictly(bytes, declared);
  return asDeclared ?? decodeMostlyUtf8(bytes) ?? decodeMacRoman(bytes) ?? decodeLegacy(bytes);
};

/** More control characters than one in a hundred are not a text. */
const checkControlCharacters = (text: string): void => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is being counted
  const controls = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f\ufffe\uffff]/g)?.length ?? 0;
  if (controls * 100 > text.length) throw new SeedRejected('This is not a text: it is full of control characters.');
};

/**
 * Decodes by byte order mark, else as UTF-16 by its pattern, as UTF-8, by the encoding that the document declares, or
 * by the most likely legacy encoding. The text is not clean yet.
 * @throws {SeedRejected} for anything that is not text
 */
export const decodeText = (bytes: Uint8Array, format: 'html' | 'text' = 'text'): string => {
  const text = decode(bytes, format === 'html');
  checkControlCharacters(text);
  return text;
};
