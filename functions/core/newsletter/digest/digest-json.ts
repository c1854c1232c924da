import { sitePaths, toSiteUrl } from '../../site-paths.ts';
import { findImageCopy } from '../../site-pictures.ts';
import type { DigestInput } from './digest-input.ts';

export const buildDigestJson = (input: DigestInput): string => {
  const { publication, site, cadence, entries, hasMore, at, introduction, corrections = [] } = input;
  const archive = toSiteUrl(site, sitePaths.archive);
  const digest = {
    title: publication.title,
    description: publication.description,
    language: publication.language,
    cadence,
    home_page_url: toSiteUrl(site, sitePaths.home),
    date: at,
    introduction: introduction && { html: introduction.html, text: introduction.text },
    items: entries.map((entry) => ({
      id: entry.id,
      url: toSiteUrl(site, sitePaths.article(entry)),
      external_url: entry.canonical,
      title: entry.title,
      summary: entry.summary,
      language: entry.language,
      date_published: entry.published,
      date_modified: entry.updated,
      authors: entry.authors.map((author) => ({
        name: author.name,
        url: toSiteUrl(site, sitePaths.author(author)),
      })),
      tags: entry.topics.map(({ name }) => name),
      image: findImageCopy(entry.image, entry)?.url,
      words: entry.wordCount,
    })),
    corrections:
      corrections.length > 0
        ? corrections.map((entry) => ({
            id: entry.id,
            url: toSiteUrl(site, sitePaths.article(entry)),
            title: entry.title,
            correction: entry.correction?.text,
            date_corrected: entry.correction?.at,
          }))
        : undefined,
    more_url: hasMore ? archive : undefined,
  };
  return `${JSON.stringify(digest, null, 2)}\n`;
};
