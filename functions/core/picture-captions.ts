import type { Entry, FullEntry } from './entry.ts';
import type { PictureTexts } from './picture-sizes.ts';
import { findLeadImage, findSitePicture, renderPictureCopies } from './site-pictures.ts';
import { escapeAttribute, escapeText, unescapeMarkup } from './text/escape-markup.ts';

type CaptionedEntry = Pick<Entry, 'image' | 'pictures'>;

/** What is said of a picture: by the seed that shows it, else by the picture's own file. */
export const findPictureTexts = (url: string, entry: CaptionedEntry): PictureTexts => {
  const { caption, credit, copyright } = findSitePicture(url, entry)?.picture ?? {};
  const stated: PictureTexts = entry.image?.url === url ? entry.image : {};
  return {
    ...(caption && { caption }),
    ...(credit && { credit }),
    ...(copyright && { copyright }),
    ...(stated.caption && { caption: stated.caption }),
    ...(stated.credit && { credit: stated.credit }),
  };
};

const endsSentence = /[.!?…。！？]$/u;

const joinCredit = (caption: string, credit: string): string =>
  [caption, credit].filter(Boolean).join(endsSentence.test(caption) ? ' ' : ' · ');

/** Who made a picture, unless its caption says so. */
const selectCredit = ({ credit, copyright }: PictureTexts, caption: string): string => {
  const text = credit ?? copyright ?? '';
  return caption.toLowerCase().includes(text.toLowerCase()) ? '' : text;
};

/** The line below a picture; empty where nothing is known. */
export const formatCaption = (texts: PictureTexts): string => {
  const { caption = '' } = texts;
  return joinCredit(caption, selectCredit(texts, caption));
};

/** How a body's markup, which is written in one way alone, begins a figure and its caption. */
export interface CaptionTags {
  readonly figure: string;
  readonly figcaption: string;
}

const image = /<img src="([^"]*)"/g;
const figure = /(<figure(?: [^<>]*)?>)([\s\S]*?)<\/figure>/g;
const existingCaption = /(<figcaption(?: [^<>]*)?>)([\s\S]*?)<\/figcaption>/;
const pictureParagraph = /<p(?: [^<>]*)?>(<img [^<>]*>|<a [^<>]*><img [^<>]*><\/a>)<\/p>/g;

/** Puts what is known of pictures below those that stand alone: those in a line have no place for it. */
export const addPictureCaptions = (
  html: string,
  entry: CaptionedEntry,
  tags: CaptionTags = { figure: '<figure>', figcaption: '<figcaption>' },
): string => {
  const hasTexts = [entry.image ?? {}, ...(entry.pictures ?? [])].some((texts) => formatCaption(texts) !== '');
  if (!hasTexts) return html;
  const findTexts = (content: string): PictureTexts => {
    const [first, ...others] = Array.from(content.matchAll(image), ([, url = '']) => unescapeMarkup(url));
    return first === undefined || others.length > 0 ? {} : findPictureTexts(first, entry);
  };
  return html
    .replace(figure, (written, start: string, content: string) => {
      const texts = findTexts(content);
      const [caption, captionStart = '', stated = ''] = existingCaption.exec(content) ?? [];
      if (caption === undefined) {
        const text = formatCaption(texts);
        return text === '' ? written : `${start}${content}${tags.figcaption}${escapeText(text)}</figcaption></figure>`;
      }
      const credit = escapeText(selectCredit(texts, unescapeMarkup(stated.replace(/<[^<>]*>/g, ''))));
      const completed = `${captionStart}${joinCredit(stated.trimEnd(), credit)}</figcaption>`;
      return credit === '' ? written : `${start}${content.replace(caption, () => completed)}</figure>`;
    })
    .replace(pictureParagraph, (written, content: string) => {
      const text = formatCaption(findTexts(content));
      return text === ''
        ? written
        : `${tags.figure}${content}${tags.figcaption}${escapeText(text)}</figcaption></figure>`;
    });
};

/** An entry's picture where its body does not show it. */
export const renderLeadFigure = (
  lead: NonNullable<Entry['image']>,
  entry: CaptionedEntry,
  renderPictures: typeof renderPictureCopies,
): string => {
  const html = `<figure><img src="${escapeAttribute(lead.url)}" alt="${escapeAttribute(lead.alt)}"></figure>`;
  return renderPictures(addPictureCaptions(html, entry), entry);
};

/** A body as feeds have it: the article's picture comes first where the body does not show it. */
export const renderPortableBody = (entry: FullEntry): string => {
  const lead = findLeadImage(entry);
  const body = renderPictureCopies(entry.html, entry);
  return lead ? `${renderLeadFigure(lead, entry, renderPictureCopies)}\n${body}` : body;
};
