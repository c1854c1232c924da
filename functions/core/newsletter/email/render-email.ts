import { selectEmailMessages } from '../../messages.ts';
import type { Publication } from '../../publication.ts';
import type { Render } from '../../render.ts';
import { sitePaths, toSiteUrl } from '../../site-paths.ts';
import { findTextDirection, type TextDirection, toStartSide } from '../../text/language.ts';
import { truncate } from '../../text/truncate.ts';
import { wrapText } from '../../text/wrap-text.ts';

/** What every mail is written with. */
export interface EmailContext {
  readonly publication: Publication;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  readonly render: Render;
}

/** A mail but for whom it goes to. */
export interface EmailContent {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A short mail: what stands before its button, the button, what stands after it, and articles, if any. */
export interface EmailParts {
  readonly subject: string;
  readonly before: readonly string[];
  readonly button?: { readonly name: string; readonly address: string };
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

/** Writes a note in HTML and in plain text. */
export const renderEmail = (draft: EmailParts, desk: EmailContext): EmailContent => {
  const { publication, site, render } = desk;
  const { before, after, articles = [], reason, button, links, headers } = draft;
  const subject = truncate(draft.subject, maxSubjectLength);
  const direction = findTextDirection(publication.language);
  const frame = {
    messages: selectEmailMessages(desk),
    subject,
    preheader: before[0] ?? '',
    language: publication.language,
    direction,
    start: toStartSide(direction),
    publication: publication.title,
    home: toSiteUrl(site, sitePaths.home),
    button,
    links,
  };
  return {
    subject,
    html: render('email/email.html', {
      ...frame,
      before,
      after,
      articles,
      reason,
      postalAddress: publication.postalAddress,
    }),
    text: render('email/email.txt', {
      ...frame,
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
