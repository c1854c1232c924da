import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { XMLParser } from 'fast-xml-parser';
import type { z } from 'zod';
import { escapeAttribute } from '../../../functions/core/text/escape-markup.ts';
import { createMalformedXmlError } from './s3-error.ts';

/** Control characters, which S3 keys may contain, become character references, as S3 writes them. */
const escapeXml = (text: string): string =>
  escapeAttribute(text).replace(/[\p{Cc}\ufffe\uffff]/gu, (char) => `&#${char.charCodeAt(0)};`);

export type XmlValue = string | number | boolean | undefined | XmlElements | XmlElements[];
export interface XmlElements {
  readonly [name: string]: XmlValue;
}

const renderElement = (name: string, value: XmlValue): string => {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((each) => renderElement(name, each)).join('');
  if (typeof value === 'object') return `<${name}>${renderElements(value)}</${name}>`;
  return `<${name}>${escapeXml(String(value))}</${name}>`;
};

const renderElements = (content: XmlElements): string =>
  Object.entries(content)
    .map(([name, value]) => renderElement(name, value))
    .join('');

/** A list becomes one element for each member, undefined none. */
export const buildXmlDocument = (root: string, content: XmlElements): string => {
  const namespace = root === 'Error' ? '' : ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespace}>${renderElements(content)}</${root}>`;
};

const parser = new XMLParser({ parseTagValue: false, trimValues: false, htmlEntities: true });

/** @throws {ServiceError} MalformedXML */
export const readXmlBody = async <T>(body: Readable, schema: z.ZodType<T>): Promise<T> => {
  const xml = await buffer(body);
  try {
    return schema.parse(parser.parse(xml));
  } catch {
    throw createMalformedXmlError();
  }
};
