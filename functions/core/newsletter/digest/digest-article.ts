import { formatSummary } from '../../ai-notice.ts';
import { type FullEntry, formatDatelineSource } from '../../entry.ts';
import type { DigestMessages } from '../../messages.ts';
import { findPictureTexts, formatCaption } from '../../picture-captions.ts';
import type { RenderContext } from '../../render.ts';
import { sitePaths, toSiteUrl } from '../../site-paths.ts';
import { findLeadImage } from '../../site-pictures.ts';
import { formatDate } from '../../text/format-date.ts';
import { findTextDirection, toStartSide } from '../../text/language.ts';
import { memoize } from '../../text/memoize.ts';
import { formatPictureLabel, type PictureWords, selectMailPicture } from '../mail-body/mail-picture.ts';
import { type BodyLink, renderEmailBody } from './render-email-body.ts';
import type { ArticleForm } from './select-article-forms.ts';

const createListFormat = memoize((language: string) => new Intl.ListFormat(language));

interface DigestContext extends RenderContext {
  readonly messages: DigestMessages;
}

export interface DigestArticle {
  readonly entry: FullEntry;
  readonly address: string;
  /** "By Ana Reis and Bo Lind · Baghdad, Reuters · 8 December 2023" */
  readonly byline: string;
  readonly summary: string;
  readonly html: (form: ArticleForm) => string;
  readonly links: () => readonly BodyLink[];
}

const buildLeadPicture = (entry: FullEntry, words: PictureWords) =>
  entry.image && {
    ...selectMailPicture({ url: entry.image.url }, entry),
    alt: entry.image.alt,
    label: formatPictureLabel(words, entry.image.alt),
    caption: formatCaption(findPictureTexts(entry.image.url, entry)),
  };

/** @param isFirst whether there is no article above it, from which a line would separate it */
export const buildDigestArticle = (
  entry: FullEntry,
  { publication, site, render, messages }: DigestContext,
  isFirst: boolean,
): DigestArticle => {
  const language = entry.language ?? publication.language;
  const direction = findTextDirection(language);
  const start = toStartSide(direction);
  const address = toSiteUrl(site, sitePaths.article(entry));
  const names = createListFormat(publication.language).format(entry.authors.map(({ name }) => name));
  const place = formatDatelineSource(entry);
  const day = formatDate(entry.published, publication, true).text;
  const renderBody = memoize(() =>
    renderEmailBody(entry.mail ?? { html: '' }, {
      page: address,
      start,
      words: messages,
      colors: publication.theme,
      pictures: entry.pictures,
    }),
  );
  const [topic] = entry.topics;
  const html = memoize((form: ArticleForm) => {
    const body = form === 'full' ? renderBody().html : '';
    return render('digest/article.html', {
      messages,
      isFirst,
      siteLanguage: publication.language,
      siteDirection: findTextDirection(publication.language),
      language,
      direction,
      start,
      address,
      title: entry.title,
      names,
      place,
      day,
      // An English convention: other scripts have no capitals, or they look like shouting.
      capitals: /^en\b/i.test(language),
      topic: topic && { name: topic.name, address: toSiteUrl(site, sitePaths.topic(topic)) },
      image: form === 'full' && !findLeadImage(entry) ? undefined : buildLeadPicture(entry, messages),
      summary: formatSummary(entry, publication),
      isTitle: form === 'title',
      body,
    });
  });
  const byline = [names && `${messages.by} ${names}`, place, day].filter(Boolean).join(' · ');
  return { entry, address, byline, summary: formatSummary(entry, publication), html, links: () => renderBody().links };
};
