import { selectDigestMessages } from '../../messages.ts';
import { escapeHtmlBraces, fillHtmlLinks, fillTextLinks } from '../email/placeholders.ts';
import { maxMailBodyLength } from '../mail-body/mail-body.ts';
import { buildDigestArticle, type DigestArticle } from './digest-article.ts';
import type { DigestInput } from './digest-input.ts';
import { buildDigestJson } from './digest-json.ts';
import { buildTextArticle } from './digest-text.ts';
import {
  buildDigestView,
  formatOmissionNotes,
  formatSubject,
  type OmissionNotes,
  wrapDigestView,
} from './digest-view.ts';
import { type ArticleForm, selectArticleForms } from './select-article-forms.ts';

/** Bytes of UTF-8. Gmail cuts a mail off near 102 KB; the mailer adds each recipient's links. */
export const maxDigestBytes = maxMailBodyLength;

export interface Digest {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly json: string;
  /** Of each of the entries; those without space even for a title are missing at the end. */
  readonly forms: readonly ArticleForm[];
}

interface PlacedArticle {
  readonly article: DigestArticle;
  readonly form: ArticleForm;
}

/**
 * Builds an issue of the digest, or the next one as it is now. `selectArticleForms` shortens articles that do not fit.
 */
export const buildDigest = (input: DigestInput): Digest => {
  const { render, entries, links } = input;
  const { messages, subject, view, renderHtml, articles, availableBytes } = prepareDigest(input);
  const placed = placeArticles(articles, availableBytes);
  const shortened = placed.filter(({ form }) => form !== 'full').length;
  const notes = formatOmissionNotes({ shortened, left: entries.length - placed.length }, input, messages);
  return {
    subject,
    html: renderHtml(notes, joinHtml(placed, false), joinHtml(placed, true)),
    text: fillTextLinks(
      render('digest/digest.txt', {
        ...wrapDigestView({ ...view, ...notes }, input.introduction),
        articles: placed.map(({ article, form }) => buildTextArticle(article, form, messages)),
      }),
      links,
    ),
    json: buildDigestJson(input),
    forms: placed.map(({ form }) => form),
  };
};

/** How many of the articles have space at least for their titles. */
export const countFittingTitles = (input: DigestInput): number => {
  const { articles, availableBytes } = prepareDigest(input);
  let left = availableBytes;
  return articles.filter((article) => {
    left -= countBytes(article, 'title');
    return left >= 0;
  }).length;
};

const prepareDigest = (input: DigestInput) => {
  const { publication, site, render, entries, links } = input;
  const messages = selectDigestMessages(input);
  const subject = input.subject ?? formatSubject(entries, messages, publication);
  const view = buildDigestView(input, messages, subject);
  const renderHtml = (notes: OmissionNotes, articles: string, titles: string): string =>
    fillHtmlLinks(render('digest/digest.html', { ...view, ...notes, articles, titles }), links);
  const longestNotes = formatOmissionNotes({ shortened: entries.length, left: entries.length }, input, messages);
  const articles = entries.map((entry, position) =>
    buildDigestArticle(entry, { publication, site, render, messages }, position === 0),
  );
  const availableBytes = maxDigestBytes - Buffer.byteLength(renderHtml(longestNotes, '', ' '));
  return { messages, subject, view, renderHtml, articles, availableBytes };
};

const countBytes = (article: DigestArticle, form: ArticleForm): number =>
  Buffer.byteLength(escapeHtmlBraces(article.html(form)));

const placeArticles = (articles: readonly DigestArticle[], availableBytes: number): PlacedArticle[] => {
  const forms = selectArticleForms({
    count: articles.length,
    availableBytes,
    countBytes: (position, form, left) => {
      const article = articles[position];
      if (!article) return Number.POSITIVE_INFINITY;
      const { html, mail } = article.entry;
      // A body that was not even read, or is too long before it is styled, need not be rendered.
      if (form === 'full' && (mail === undefined || html === '' || html.length > left)) return Number.POSITIVE_INFINITY;
      return countBytes(article, form);
    },
  });
  return articles.flatMap((article, position) => {
    // No issue is without an article, however long its title is.
    const form = forms[position] ?? (position === 0 ? 'title' : undefined);
    return form ? [{ article, form }] : [];
  });
};

const joinHtml = (placed: readonly PlacedArticle[], titlesOnly: boolean): string =>
  placed.flatMap(({ article, form }) => ((form === 'title') === titlesOnly ? [article.html(form)] : [])).join('');
