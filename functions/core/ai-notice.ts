import type { Entry } from './entry.ts';
import { escapeText } from './text/escape-markup.ts';
import { selectArticleWords } from './text/select-article-words.ts';

/**
 * What readers are told of the part that AI had in an article, in its language.
 * @param siteLanguage for an article whose own is not known
 */
export const findAiNotice = ({ ai, language }: Pick<Entry, 'ai' | 'language'>, siteLanguage = ''): string | undefined =>
  ai && selectArticleWords(language ?? siteLanguage).ai[ai];

/** Within the body, so that pages, letters and feeds have it, above the text to which it applies. */
export const formatAiLine = (notice: string): string => `<p><em>${escapeText(notice)}</em></p>\n`;

/** A summary for where it stands without the text, which says itself what part AI had in it. */
export const formatSummary = (
  entry: Pick<Entry, 'ai' | 'language' | 'summary'>,
  publication: { readonly language: string },
): string => [findAiNotice(entry, publication.language), entry.summary].filter(Boolean).join(' ');
