import { parseHtmlSeed } from '../../../../functions/core/article/html/parse-html-seed.ts';
import { type Article, type SeedInput, SeedRejected } from '../../../../functions/core/article.ts';

const file: SeedInput = {
  key: 'letters/harbour.html',
  bytes: new Uint8Array(),
  timeZone: 'Europe/Lisbon',
  uploadedAt: '2026-06-01T08:00:00Z',
  site: 'https://site.example',
};

/** Reads HTML as the seed `letters/harbour.html`, uploaded in June 2026 to a publication in Lisbon. */
export const readHtmlSeed = (html: string): Article => parseHtmlSeed(html, file);

/** What a seed of HTML is refused for. */
export const findRejection = (html: string): SeedRejected => {
  try {
    readHtmlSeed(html);
  } catch (error) {
    if (error instanceof SeedRejected) return error;
    throw error;
  }
  throw new Error('the seed was read');
};
