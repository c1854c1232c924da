import type { FullEntry } from '../entry.ts';
import { findPictureTexts } from '../picture-captions.ts';
import type { Publication } from '../publication.ts';
import { sitePaths, toSiteUrl } from '../site-paths.ts';
import { formatIsoDay } from '../text/format-date.ts';
import type { PageContext } from './page-context.ts';
import { findPreviewImage } from './render-picture.ts';

/** JSON that is safe within a script element: no character can end the element or start a comment. */
const encodeScriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const buildPublisher = ({ publisher, title }: Publication, site: string) => ({
  '@type': 'Organization',
  name: publisher?.name ?? title,
  url: publisher?.url ?? `${site}/`,
  ...(publisher?.address ? { address: publisher.address } : {}),
  ...(publisher?.email ? { email: publisher.email } : {}),
  ...(publisher?.logo ? { logo: { '@type': 'ImageObject', url: publisher.logo } } : {}),
});

const buildImage = (url: string, entry: FullEntry) => {
  const { caption, credit, copyright } = findPictureTexts(entry.image?.url ?? '', entry);
  if (!caption && !credit && !copyright) return url;
  return {
    '@type': 'ImageObject',
    url,
    contentUrl: url,
    ...(caption ? { caption } : {}),
    ...(credit ? { creditText: credit } : {}),
    ...(copyright ? { copyrightNotice: copyright } : {}),
  };
};

export const buildJsonLd = (entry: FullEntry, { publication, site }: PageContext): string => {
  const address = toSiteUrl(site, sitePaths.article(entry));
  const authors = entry.authors.map((author) => ({
    '@type': 'Person',
    name: author.name,
    url: toSiteUrl(site, sitePaths.author(author)),
  }));
  const image = findPreviewImage(entry);
  return encodeScriptJson({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': entry.id,
    mainEntityOfPage: address,
    ...(entry.canonical ? { isBasedOn: entry.canonical } : {}),
    url: address,
    headline: entry.title,
    description: entry.summary,
    inLanguage: entry.language ?? publication.language,
    datePublished: entry.dateOnly ? formatIsoDay(entry.published, publication) : entry.published,
    dateModified: entry.updated,
    ...(authors.length > 0 ? { author: authors } : {}),
    ...(entry.editors.length > 0 ? { editor: entry.editors.map((name) => ({ '@type': 'Person', name })) } : {}),
    ...(image ? { image: [buildImage(image.url, entry)] } : {}),
    ...(entry.topics.length > 0 ? { keywords: entry.topics.map(({ name }) => name) } : {}),
    ...(entry.dateline
      ? { dateline: entry.dateline.place, locationCreated: { '@type': 'Place', name: entry.dateline.place } }
      : {}),
    ...(entry.source ? { sourceOrganization: { '@type': 'Organization', name: entry.source } } : {}),
    ...(publication.license ? { license: publication.license.url } : {}),
    wordCount: entry.wordCount,
    isAccessibleForFree: true,
    publisher: buildPublisher(publication, site),
  });
};
