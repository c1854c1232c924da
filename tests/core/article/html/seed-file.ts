import { type Article, type SeedFile, SeedRejected } from '../../../../functions/core/article/article.ts';
import { readHtml } from '../../../../functions/core/article/read-html.ts';

const file: SeedFile = {
  key: 'letters/harbour.html',
  bytes: new Uint8Array(),
  timeZone: 'Europe/Lisbon',
  uploadedAt: '2026-06-01T08:00:00Z',
  site: 'https://site.example',
};

/** Reads HTML as the seed `letters/harbour.html`, uploaded in June 2026 to a publication in Lisbon. */
export const read = (html: string): Article => readHtml(html, file);

/** What a seed of HTML is refused for. */
export const refusalOf = (html: string): SeedRejected => {
  try {
    read(html);
  } catch (error) {
    if (error instanceof SeedRejected) return error;
    throw error;
  }
  throw new Error('the seed was read');
};
