import type { FullEntry } from '../../entry.ts';
import { formatDatelineSource } from '../../entry.ts';
import type { DigestMessages } from '../../messages.ts';
import type { Publication } from '../../publication.ts';
import type { Render } from '../../render.ts';
import { sitePaths, toSiteUrl } from '../../site-paths.ts';
import { formatDate } from '../../text/format-date.ts';
import { findTextDirection, toStartSide } from '../../text/language.ts';
import { memoize } from '../../text/memoize.ts';
import { type BodyLink, renderEmailBody } from './render-email-body.ts';
import type { ArticleForm } from './select-article-forms.ts';

/** What every article of a letter is written with. */
export interface DigestContext {
  readonly publication: Publication;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  readonly render: Render;
  readonly messages: DigestMessages;
}

/** An article on its way into the letter: each form is written when it is asked for, once. */
export interface DigestArticle {
  readonly entry: FullEntry;
  readonly address: string;
  /** "By Ana Reis and Bo Lind · Baghdad, Reuters · 8 December 2023" */
  readonly byline: string;
  readonly html: (form: ArticleForm) => string;
  readonly links: () => readonly BodyLink[];
}

/** Readies an article for the letter. `first`: nothing stands above it that a line would part it from. */
export const buildDigestArticle = (entry: FullEntry, desk: DigestContext, first: boolean): DigestArticle => {
  const { publication, site, render, messages } = desk;
  const language = entry.language ?? publication.language;
  const direction = findTextDirection(language);
  const start = toStartSide(direction);
  const address = toSiteUrl(site, sitePaths.article(entry));
  const names = new Intl.ListFormat(publication.language).format(entry.authors.map(({ name }) => name));
  const place = formatDatelineSource(entry);
  const day = formatDate(entry.published, publication, true).text;
  const body = memoize(() => renderEmailBody(entry, address, start));
  const topic = entry.topics[0];
  const write = (form: ArticleForm, text: string): string =>
    render('digest/article.html', {
      messages,
      first,
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
      // Capitals belong to English; other scripts have none, or hold them to be shouting.
      capitals: /^en\b/i.test(language),
      topic: topic && { name: topic.name, address: toSiteUrl(site, sitePaths.topic(topic)) },
      image: text.includes('<img') ? undefined : entry.image,
      summary: entry.summary,
      isTitle: form === 'title',
      body: text,
    });
  const written = {
    title: memoize(() => write('title', '')),
    excerpt: memoize(() => write('excerpt', '')),
    full: memoize(() => write('full', body().html)),
  };
  const byline = [names && `${messages.by} ${names}`, place, day].filter(Boolean).join(' · ');
  return { entry, address, byline, html: (form) => written[form](), links: () => body().links };
};
