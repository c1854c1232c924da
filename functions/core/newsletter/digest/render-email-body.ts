import type { MailBody } from '../../entry.ts';
import { type PictureEntry, replaceBodyImages } from '../../site-pictures.ts';
import { collapseWhitespace } from '../../text/collapse-whitespace.ts';
import { escapeAttribute, escapeText, unescapeMarkup } from '../../text/escape-markup.ts';
import type { StartSide } from '../../text/language.ts';
import { createRecolor, type ThemeColors } from '../../theme/palette.ts';
import { emailStyles } from '../mail-body/email-styles.ts';
import type { MailBodyContext } from '../mail-body/fit-body-to-mail.ts';
import { fillOpenParts, markOpenPart, stylePrefix } from '../mail-body/mail-body.ts';
import {
  formatPictureLabel,
  insteadAttribute,
  type PictureWords,
  selectMailPicture,
} from '../mail-body/mail-picture.ts';

export interface BodyLink {
  readonly text: string;
  readonly url: string;
}

interface EmailBody {
  readonly html: string;
  readonly links: readonly BodyLink[];
}

interface EmailBodyContext extends MailBodyContext, PictureEntry {
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

const insteadPattern = new RegExp(` ${insteadAttribute}="(\\w+)"`);
/** Of what is written anew or said by other markup. */
const replacedAttributes = new RegExp(` (?:width|${insteadAttribute})="[^"]*"`, 'g');

/** Outlook for Windows reads the attribute for the width, others the style. */
const renderMailPictures = (html: string, { picture: word, colon }: PictureWords, entry: PictureEntry): string =>
  replaceBodyImages(html, ({ url, alt, rest, width }) => {
    const isInline = rest.includes(markOpenPart('style inline picture'));
    const picture = selectMailPicture({ url, width, isInline }, entry);
    const src = escapeAttribute(picture.url);
    const [, instead] = insteadPattern.exec(rest) ?? [];
    if (instead === undefined || picture.isShown) {
      const others = rest.replace(replacedAttributes, '');
      return `<img src="${src}" alt="${alt}"${picture.width === undefined ? '' : ` width="${picture.width}"`}${others}>`;
    }
    const label = formatPictureLabel({ picture: escapeText(word), colon }, alt);
    return instead === 'text'
      ? `<span>${label}</span>`
      : `<a href="${src}" style="${markOpenPart('style a')}">${label}</a>`;
  });

/** Completes the body of an article that was prepared for mail. */
export const renderEmailBody = (
  body: MailBody,
  { start, colors, page, words, ...entry }: EmailBodyContext,
): EmailBody => {
  const styles = emailStyles[start];
  const recolor = createRecolor(colors);
  const values = new Map(
    Object.entries({ page, table: words.table }).map(([name, value]) => [name, escapeAttribute(value)]),
  );
  const html = fillOpenParts(renderMailPictures(body.html, words, entry), (part) =>
    part.startsWith(stylePrefix) ? recolor(styles.get(part.slice(stylePrefix.length)) ?? '') : (values.get(part) ?? ''),
  );
  return { html, links: listLinks(html, page) };
};
