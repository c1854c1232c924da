import { parseSeed } from '../../../functions/core/article/parse-seed.ts';
import type { Article, SeedInput } from '../../../functions/core/article.ts';

const file = {
  timeZone: 'Europe/Lisbon',
  uploadedAt: '2026-11-27T12:00:00.000Z',
  site: 'https://news.example',
} satisfies Partial<SeedInput>;

/** Reads a text as an upload in November 2026 to a publication in Lisbon, with parts of the file overridden. */
export const parseTestSeed = (key: string, text: string, changes: Partial<SeedInput> = {}): Article =>
  parseSeed({ ...file, key, bytes: new TextEncoder().encode(text), ...changes });
