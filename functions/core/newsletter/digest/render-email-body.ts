import type { MailBody } from '../../entry.ts';
import { collapseWhitespace } from '../../text/collapse-whitespace.ts';
import { escapeAttribute, unescapeMarkup } from '../../text/escape-markup.ts';
import type { StartSide } from '../../text/language.ts';
import { createRecolor, type ThemeColors } from '../../theme/palette.ts';
import { emailStyles } from '../mail-body/email-styles.ts';
import type { MailBodyContext } from '../mail-body/fit-body-to-mail.ts';
import { fillOpenParts, stylePrefix } from '../mail-body/mail-body.ts';

export interface BodyLink {
  readonly text: string;
  readonly url: string;
}

interface EmailBody {
  readonly html: string;
  readonly links: readonly BodyLink[];
}

interface EmailBodyContext extends MailBodyContext {
  readonly start: StartSide;
  readonly colors?: ThemeColors;
}

const linkPattern = /<a href="([^"]*)"[^<>]*>([\s\S]*?)<\/a>/g;

/** Each address once, but not those of the article's own page. */
const listLinks = (html: string, page: string): BodyLink[] => {
  const links = new Map<string, BodyLink>();
  for (const [, href = '', content = ''] of html.matchAll(linkPattern)) {
    const url = unescapeMarkup(href);
    const text = collapseWhitespace(unescapeMarkup(content.replace(/<[^>]*>/g, '')));
    if (url && !url.startsWith(page) && !links.has(url)) links.set(url, { text, url });
  }
  return [...links.values()];
};

/** Completes the body of an article that was prepared for mail. */
export const renderEmailBody = (body: MailBody, { start, colors, page, words }: EmailBodyContext): EmailBody => {
  const styles = emailStyles[start];
  const recolor = createRecolor(colors);
  const values = new Map(Object.entries({ page, ...words }).map(([name, value]) => [name, escapeAttribute(value)]));
  const html = fillOpenParts(body.html, (part) =>
    part.startsWith(stylePrefix) ? recolor(styles.get(part.slice(stylePrefix.length)) ?? '') : (values.get(part) ?? ''),
  );
  return { html, links: listLinks(html, page) };
};
