import { toPlainText } from '../../article/body/plain-text.ts';
import { sanitizeBody } from '../../article/body/sanitize-body.ts';
import { createUrlResolver } from '../../article/body/url-resolver.ts';
import { renderMarkdown } from '../../article/markdown/render-markdown.ts';
import { SeedRejected } from '../../article.ts';
import { parsePlaceholderUrl } from '../../links/seed-references.ts';
import type { Publication } from '../../publication.ts';
import { cleanText } from '../../text/clean-text.ts';
import { escapeText } from '../../text/escape-markup.ts';
import { findTextDirection, toStartSide } from '../../text/language.ts';
import type { MailBodyContext } from '../mail-body/fit-body-to-mail.ts';
import { prepareMailBody } from '../mail-body/prepare-mail-body.ts';
import { type BodyLink, renderEmailBody } from './render-email-body.ts';

/** Styles in every element can make a short text long. Some articles must still have space beside it. */
const maxIntroductionBytes = 60_000;

export interface Introduction {
  /** For the mail. */
  readonly html: string;
  /** For the page: sanitized, without styles. */
  readonly body: string;
  readonly text: string;
  readonly links: readonly BodyLink[];
  /** Why it is not shown as it is written. */
  readonly problem?: string;
}

interface IntroductionContext {
  readonly publication: Pick<Publication, 'language' | 'theme'>;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  /** Address of the page. */
  readonly page: string;
  readonly words: MailBodyContext['words'];
}

const tooLongProblem = 'Its lists, tables and quotations take more space than a mail has.';

/**
 * Renders the introduction of an issue from Markdown, as seeds are. One that cannot be rendered is shown as plain text,
 * so that no issue stops at its introduction.
 */
export const renderIntroduction = (markdown: string, context: IntroductionContext): Introduction => {
  const { publication, site, page, words } = context;
  const text = cleanText(markdown);
  try {
    const rendered = renderMarkdown(text, { name: 'introduction', title: '', language: publication.language });
    const { html } = sanitizeBody(rendered.html, createIntroductionResolver(site), publication);
    const prepared = prepareMailBody(html);
    if (!prepared) return toPlainIntroduction(text, tooLongProblem);
    const body = renderEmailBody(prepared, {
      page,
      start: toStartSide(findTextDirection(publication.language)),
      words,
      colors: publication.theme,
    });
    if (Buffer.byteLength(body.html) > maxIntroductionBytes) return toPlainIntroduction(text, tooLongProblem);
    return { ...body, body: html, text: toPlainText(html) };
  } catch (error) {
    if (!(error instanceof SeedRejected)) throw error;
    return toPlainIntroduction(text, error.message);
  }
};

/** An introduction belongs to no file: names and paths of uploads mean nothing in it, except those of pictures. */
const createIntroductionResolver = (site: string) => {
  const resolve = createUrlResolver({ key: 'introduction', site });
  return (url: string, kind: 'link' | 'image'): string | undefined => {
    const resolved = resolve(url, kind);
    return resolved !== undefined && parsePlaceholderUrl(resolved) ? undefined : resolved;
  };
};

/** In one paragraph: its lines are bounded as its characters are. */
const toPlainIntroduction = (text: string, problem: string): Introduction => {
  const lines = escapeText(text.trim()).replaceAll('\n', '<br />');
  return { html: `<p style="margin:0 0 16px">${lines}</p>`, body: `<p>${lines}</p>`, text, links: [], problem };
};
