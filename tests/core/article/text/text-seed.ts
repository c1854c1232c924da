import { parsePlainTextSeed } from '../../../../functions/core/article/text/parse-plain-text-seed.ts';
import type { Article, SeedInput } from '../../../../functions/core/article.ts';
import { cleanText } from '../../../../functions/core/text/clean-text.ts';

const base: SeedInput = {
  key: 'story.txt',
  bytes: new Uint8Array(),
  timeZone: 'UTC',
  uploadedAt: '2024-06-01T12:00:00Z',
  site: 'https://news.example',
};

/** Reads a text as a seed would be, with parts of the file overridden. */
export const readTextSeed = (text: string, file: Partial<SeedInput> = {}): Article => {
  return parsePlainTextSeed(cleanText(text), { ...base, ...file });
};

/** Prose of a few sentences, so that a text around it looks like a story. */
export const sampleParagraphs = [
  'The harbour was quiet on Monday morning, and the boats came back one by one with the tide behind them.',
  'Nobody on the quay could say how long the repairs would take, although the engineers had promised an answer within the week.',
  '“We have waited for eleven years,” said the harbour master, “and we can wait for another month if the wall is sound in the end.”',
  'The council meets again on Thursday, when it will decide whether the old lighthouse is to be sold or kept as a museum.',
] as const;
