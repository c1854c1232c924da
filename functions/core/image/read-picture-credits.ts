import type { PictureTexts } from '../picture-sizes.ts';
import { findImageType } from '../seed-kind.ts';
import { collapseWhitespace } from '../text/collapse-whitespace.ts';
import { truncate } from '../text/truncate.ts';
import { createByteReader, startsWithText } from './byte-reader.ts';
import { exifPrefix } from './exif-orientation.ts';
import { type ImagePart, listJpegSegments, listPngChunks, listWebpChunks } from './list-image-parts.ts';

const maxTextLength = 1000;
/** A copyright notice or a credit is a line. */
const maxLineLength = 300;

/** What cameras and programs write where a caption belongs. */
const automaticCaption =
  /^(?:.{0,30}\bdigital camera|sony dsc|minolta dsc|dcim|samsung camera pictures|exif_jpeg_picture|created with .{1,40}|untitled(?:-\d+)?|default|image|dav|dv|cof|hdr(?:pl)?|oznor|sdr|mde|rhdr|(?:img|dsc|dscn|dscf|pict)?[-_ ]?\d+(?:\.jpe?g)?|screenshot)$/i;

const parts: Readonly<Record<string, (bytes: Uint8Array) => ImagePart[]>> = {
  'image/jpeg': listJpegSegments,
  'image/png': listPngChunks,
  'image/webp': listWebpChunks,
};

/** Texts are in UTF-8, whatever their standards say, or else in Latin-1. */
const decodeText = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
};

const copyrightTag = 0x8298;
const asciiType = 2;

/** The notice of the photographer comes first, and that of the editor may follow a NUL. */
const readExifCopyright = (tiff: Uint8Array): string => {
  const byteOrder = startsWithText(tiff, 'II') ? 'little' : 'big';
  const directory = createByteReader(
    tiff.subarray(createByteReader(tiff.subarray(4), byteOrder).takeUint(4)),
    byteOrder,
  );
  const count = directory.takeUint(2);
  for (let index = 0; index < count; index += 1) {
    const data = directory.take(12);
    const entry = createByteReader(data, byteOrder);
    if (entry.takeUint(2) !== copyrightTag || entry.takeUint(2) !== asciiType) continue;
    const length = entry.takeUint(4);
    const offset = entry.takeUint(4);
    const text = length > 4 ? tiff.subarray(offset, offset + length) : data.subarray(8, 8 + length);
    const end = text.indexOf(0);
    return decodeText(text.subarray(0, end < 0 ? text.length : end));
  }
  return '';
};

const photoshopPrefix = 'Photoshop 3.0\0';
const iptcResource = 0x0404;
/** Data sets of record 2 (IPTC-IIM 4.2). */
const iptcFields: Readonly<Record<number, keyof PictureTexts>> = { 110: 'credit', 116: 'copyright', 120: 'caption' };

const readIptcRecords = (data: Uint8Array): PictureTexts => {
  const found: { caption?: string; credit?: string; copyright?: string } = {};
  const reader = createByteReader(data, 'big');
  while (!reader.isAtEnd() && reader.takeUint(1) === 0x1c) {
    const record = reader.takeUint(1);
    const field = iptcFields[reader.takeUint(1)];
    const text = reader.take(reader.takeUint(2));
    if (record === 2 && field) found[field] ??= decodeText(text);
  }
  return found;
};

/** Photoshop keeps IPTC among other resources, each of an even length. */
const readIptc = (data: Uint8Array): PictureTexts => {
  const reader = createByteReader(data.subarray(photoshopPrefix.length), 'big');
  while (!reader.isAtEnd() && reader.takeText(4) === '8BIM') {
    const id = reader.takeUint(2);
    const nameLength = reader.takeUint(1);
    reader.skip(nameLength + (1 - (nameLength % 2)));
    const length = reader.takeUint(4);
    const resource = reader.take(length);
    if (id === iptcResource) return readIptcRecords(resource);
    if (length % 2 === 1 && !reader.isAtEnd()) reader.skip(1);
  }
  return {};
};

const xmpPrefix = 'http://ns.adobe.com/xap/1.0/\0';
export const pngXmpPrefix = 'XML:com.adobe.xmp\0';
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A property of XMP, an attribute or an element, with the first of its languages. */
const findXmpText = (xmp: string, name: string): string => {
  const [, attribute] = new RegExp(`\\s${name}="([^"]{1,${maxTextLength}})"`).exec(xmp) ?? [];
  const [, element = ''] =
    new RegExp(`<${name}>(?:\\s*<rdf:(?:Alt|Bag|Seq)>\\s*<rdf:li[^>]{0,100}>)?([^<]{1,${maxTextLength}})<`).exec(xmp) ??
    [];
  return (attribute ?? element).replace(/&(\w+);/g, (written, entity: string) => entities[entity] ?? written);
};

const readXmp = (data: Uint8Array): PictureTexts => {
  const xmp = decodeText(data);
  return {
    caption: findXmpText(xmp, 'dc:description'),
    credit: findXmpText(xmp, 'photoshop:Credit'),
    copyright: findXmpText(xmp, 'dc:rights'),
  };
};

const readPart = ({ type, data }: ImagePart): PictureTexts => {
  try {
    if (type === 'ed' && startsWithText(data, photoshopPrefix)) return readIptc(data);
    if (type === 'XMP ' || (type === 'e1' && startsWithText(data, xmpPrefix))) return readXmp(data);
    if (type === 'iTXt' && startsWithText(data, pngXmpPrefix)) return readXmp(data);
    if (type === 'eXIf' || type === 'EXIF') return { copyright: readExifCopyright(data) };
    if (type === 'e1' && startsWithText(data, exifPrefix))
      return { copyright: readExifCopyright(data.subarray(exifPrefix.length)) };
  } catch {
    // Metadata that cannot be read says nothing.
  }
  return {};
};

const tidy = (text: string): string => collapseWhitespace(text.slice(0, maxTextLength).replace(/\p{Cc}/gu, ' ')).trim();

/** Reads caption, credit and copyright from IPTC, XMP or EXIF of a picture that is whole. Nothing else leaves these. */
export const readPictureCredits = (key: string, bytes: Uint8Array): PictureTexts => {
  const found = (parts[findImageType(key) ?? '']?.(bytes) ?? []).map(readPart);
  const select = (field: keyof PictureTexts): string =>
    found.map((texts) => tidy(texts[field] ?? '')).find((text) => text !== '' && !automaticCaption.test(text)) ?? '';
  const caption = select('caption');
  const [credit, copyright] = [truncate(select('credit'), maxLineLength), truncate(select('copyright'), maxLineLength)];
  return { ...(caption && { caption }), ...(credit && { credit }), ...(copyright && { copyright }) };
};
