import { selectEmailMessages } from '../../messages.ts';
import type { RenderContext } from '../../render.ts';
import { sitePaths, toSiteUrl } from '../../site-paths.ts';
import { findTextDirection, type TextDirection, toStartSide } from '../../text/language.ts';
import { truncate } from '../../text/truncate.ts';
import { wrapText } from '../../text/wrap-text.ts';

export interface EmailContent {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface EmailParts {
  readonly subject: string;
  readonly before: readonly string[];
  readonly button?: { readonly name: string; readonly address: string } | undefined;
  readonly after: readonly string[];
  readonly articles?: readonly EmailArticle[];
  /** Why the reader gets it. */
  readonly reason: string;
  readonly links?: { readonly unsubscribe: string; readonly preferences: string };
  readonly headers: Readonly<Record<string, string>>;
}

export interface EmailArticle {
  readonly title: string;
  readonly summary: string;
  readonly address: string;
  readonly language: string;
  readonly direction: TextDirection;
}

const maxSubjectLength = 150;

export const renderEmail = (parts: EmailParts, context: RenderContext): EmailContent => {
  const { publication, site, render } = context;
  const { before, after, articles = [], reason, button, links, headers } = parts;
  const subject = truncate(parts.subject, maxSubjectLength);
  const direction = findTextDirection(publication.language);
  const view = {
    messages: selectEmailMessages(context),
    subject,
    preheader: before[0] ?? '',
    language: publication.language,
    direction,
    start: toStartSide(direction),
    publication: publication.title,
    home: toSiteUrl(site, sitePaths.home),
    before,
    button,
    after,
    articles,
    reason,
    links,
    postalAddress: publication.postalAddress,
  };
  return {
    subject,
    html: render('email/email.html', view),
    text: render('email/email.txt', {
      ...view,
      before: before.map(wrapText),
      after: after.map(wrapText),
      articles: articles.map((article) => ({
        ...article,
        title: wrapText(article.title),
        summary: wrapText(article.summary),
      })),
      reason: wrapText(reason),
      postalAddress: wrapText(publication.postalAddress),
    }),
    headers,
  };
};
