import { canonicalLanguage } from '../language.ts';
import { type Article, type SeedFile, SeedRejected } from './article.ts';
import { certainLanguage } from './certain-language.ts';
import { cleanText } from './clean-text.ts';
import { decodeText } from './decode-text.ts';
import { readHtml } from './read-html.ts';
import { readMarkdown } from './read-markdown.ts';
import { readPlainText } from './read-plain-text.ts';
import { refuseExtension, refuseSize } from './refuse-file.ts';
import { extensionOf, seedKind } from './seed-kind.ts';

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
  const refused = seedKind(key) === 'seed' ? refuseSize(bytes.length) : refuseExtension(key);
  if (refused !== undefined) throw new SeedRejected(refused);
  const text = cleanText(decodeText(bytes, extensionOf(key).startsWith('htm') ? 'html' : 'text'));
  if (text.trim() === '') throw new SeedRejected('The file is empty.');
  const { language: stated, ...article } = readText(text, file);
  const language = (stated && canonicalLanguage(stated)) ?? certainLanguage(article.text);
  return language === undefined ? article : { ...article, language };
};
