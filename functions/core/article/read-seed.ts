import { canonicalLanguage } from '../language.ts';
import { type Article, type SeedFile, SeedRejected } from './article.ts';
import { certainLanguage } from './certain-language.ts';
import { cleanText } from './clean-text.ts';
import { decodeText } from './decode-text.ts';
import { readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';
import { readPlainText } from './read-plain-text.ts';
import { extensionOf, seedKind } from './seed-kind.ts';

/** Bytes. */
const largestSeed = 10 * 1024 * 1024;

const refuseUnknown = (key: string): never => {
  const extension = extensionOf(key);
  if (extension === 'svg')
    throw new SeedRejected('SVG images are not published, as they can carry script; save it as PNG or WebP.');
  const found = extension === '' ? 'This file has no extension' : `Files of type .${extension} are not known`;
  throw new SeedRejected(`${found}; an article is a .txt, .md or .html file.`);
};

const readText = (text: string, file: SeedFile): Article => {
  const extension = extensionOf(file.key);
  if (extension.startsWith('htm')) return readHtml(text, file);
  return extension === 'md' || extension === 'markdown'
    ? readMarkdown(text, file)
    : readPlainText(text, file);
};

/**
 * Reads an uploaded file as an article, by the format its extension names.
 * @throws {SeedRejected} for anything that cannot be published: what is wrong and where, for its author
 */
export const readSeed = (file: SeedFile): Article => {
  const { key, bytes } = file;
  if (seedKind(key) !== 'seed') refuseUnknown(key);
  if (bytes.length > largestSeed)
    throw new SeedRejected(
      `The file has ${(bytes.length / 1024 / 1024).toFixed(1)} MB; at most 10 MB can be published.`,
    );
  const text = cleanText(decodeText(bytes, extensionOf(key).startsWith('htm') ? 'html' : 'text'));
  if (text.trim() === '') throw new SeedRejected('The file is empty.');
  const { language: stated, ...article } = readText(text, file);
  const language = (stated && canonicalLanguage(stated)) ?? certainLanguage(article.text);
  return language === undefined ? article : { ...article, language };
};
