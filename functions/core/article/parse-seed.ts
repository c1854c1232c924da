import { findAiNotice, formatAiLine } from '../ai-notice.ts';
import { type Article, maxAltLength, maxSourceLength, type SeedInput, SeedRejected, SeedWithheld } from '../article.ts';
import { isPageKey, parseExtension, toBaseName, toSeedKind } from '../seed-kind.ts';
import { cleanText } from '../text/clean-text.ts';
import { detectLanguage } from '../text/detect-language.ts';
import { escapeText } from '../text/escape-markup.ts';
import { parseLanguageTag } from '../text/language.ts';
import { truncate } from '../text/truncate.ts';
import { checkWordLengths } from './body/check-word-lengths.ts';
import { checkSeedSize, formatUnsupportedType } from './check-seed-file.ts';
import { decodeText } from './decode-text.ts';
import { parseHtmlSeed } from './html/parse-html-seed.ts';
import { applyFrontMatter } from './markdown/apply-front-matter.ts';
import { checkFieldNames } from './markdown/check-field-names.ts';
import { checkFrontMatter } from './markdown/check-front-matter.ts';
import { findFrontMatter } from './markdown/find-front-matter.ts';
import { parseFrontMatter } from './markdown/parse-front-matter.ts';
import { parseMarkdownSeed } from './markdown/parse-markdown-seed.ts';
import { toMarkdownText } from './markdown/to-markdown-text.ts';
import { findWithheldKeyReason, isFolderDocument } from './markdown/withheld-keys.ts';
import { checkMarkup } from './text/check-markup.ts';
import { parsePlainTextSeed } from './text/parse-plain-text-seed.ts';
import { hasPressMark } from './text/press-release.ts';

/** Pages of generators (Jekyll, Hugo, Eleventy) have front matter, too. */
const parseHtmlText = (text: string, file: SeedInput): Article => {
  if (!findFrontMatter(text)) return parseHtmlSeed(text, file);
  const frontMatter = parseFrontMatter(text);
  const { stated, warnings } = checkFrontMatter(frontMatter, file);
  const slips = checkFieldNames(frontMatter, !stated.title && !/<(?:h1|title)\b/i.test(frontMatter.body), file);
  const title = !stated.title ? '' : `<title>${escapeText(stated.title)}</title>\n`;
  const found = parseHtmlSeed(title + frontMatter.body, file);
  return applyFrontMatter({ ...found, warnings: [...found.warnings, ...slips, ...warnings] }, stated, file);
};

const parseSeedText = (text: string, file: SeedInput): Article => {
  const extension = parseExtension(file.key);
  if (extension.startsWith('htm')) return parseHtmlText(text, file);
  const isMarkdown = extension === 'md' || extension === 'markdown';
  const markdown = isMarkdown ? text : hasPressMark(text) ? undefined : toMarkdownText(text);
  if (!isMarkdown) checkMarkup(text);
  return markdown === undefined ? parsePlainTextSeed(text, file) : parseMarkdownSeed(markdown, file);
};

/** Shortens what a reader found. What an author states and is too long was refused before. */
const shortenFields = (article: Article): Article => {
  const { dateline, image, source } = article;
  const agency = dateline?.agency;
  return {
    ...article,
    ...(source && { source: truncate(source, maxSourceLength) }),
    ...(dateline && {
      dateline: {
        ...dateline,
        place: truncate(dateline.place, maxSourceLength),
        ...(agency && { agency: truncate(agency, maxSourceLength) }),
      },
    }),
    ...(image && { image: { ...image, alt: truncate(image.alt, maxAltLength) } }),
  };
};

const folderDocumentReason =
  'This is a file about its folder: such a file is published only if it states a title and a date.';

/** Whether a draft would be an article in spite of its name, as the `index.md` of a folder can be. */
const isDatedArticle = (file: SeedInput): boolean => {
  try {
    return parseArticle({ ...file, isPreview: true }).published !== undefined;
  } catch {
    return false;
  }
};

/** @throws {SeedWithheld} for a file about its folder, also where it cannot be read as an article */
const parseFolderDocument = (file: SeedInput): Article => {
  try {
    const article = parseArticle(file);
    if (article.published) return article;
  } catch (cause) {
    if (!(cause instanceof SeedRejected)) throw cause;
    if (cause instanceof SeedWithheld && !file.isPreview && isDatedArticle(file)) throw cause;
  }
  throw new SeedWithheld(folderDocumentReason);
};

/**
 * Reads an uploaded file as an article, by the format its extension names.
 * @throws {SeedWithheld} for a draft and what else is not for readers
 * @throws {SeedRejected} for anything that cannot be published: what is wrong and where, for its author
 */
export const parseSeed = (file: SeedInput): Article => {
  const reason = file.isPreview ? undefined : findWithheldKeyReason(file.key);
  if (reason !== undefined) throw new SeedWithheld(reason);
  return isFolderDocument(file.key) ? parseFolderDocument(file) : parseArticle(file);
};

const parseArticle = (file: SeedInput): Article => {
  const { key, bytes } = file;
  const refused = toSeedKind(key) === 'seed' ? checkSeedSize(bytes.length) : formatUnsupportedType(key);
  if (refused !== undefined) throw new SeedRejected(refused);
  const isHtml = parseExtension(key).startsWith('htm');
  const decoded = decodeText(bytes, isHtml ? 'html' : 'text');
  if (!isHtml) checkWordLengths(decoded);
  const text = cleanText(decoded);
  if (text.trim() === '') throw new SeedRejected('The file is empty.');
  const { language: stated, ...article } = shortenFields(parseSeedText(text, file));
  const language = (stated && parseLanguageTag(stated)) ?? detectLanguage(article.text);
  const notice = findAiNotice({ ...article, ...(language !== undefined && { language }) }, file.language);
  const shown = notice === undefined ? article : addAiNotice(article, notice);
  return {
    ...shown,
    ...(isPageKey(key) && { page: shown.page ?? { name: toBaseName(key), menu: 'footer' } }),
    ...(language !== undefined && { language }),
  };
};

const addAiNotice = (article: Article, notice: string): Article => ({
  ...article,
  html: formatAiLine(notice) + article.html,
  text: `${notice}\n\n${article.text}`,
});
