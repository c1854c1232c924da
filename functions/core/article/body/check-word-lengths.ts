import { SeedRejected } from '../../article.ts';

/** Patterns for words fail on a word of some millions of characters, depending on what the engine has compiled. */
const maxWordLength = 1_000_000;

/** Images that are written into the text are no words. @throws {SeedRejected} for a word that is too long to read */
export const checkWordLengths = (text: string): void => {
  if (text.length <= maxWordLength) return;
  if (text.split(/\s/).some((word) => word.length > maxWordLength && !word.includes(';base64,'))) {
    throw new SeedRejected(`The text has a word of more than ${maxWordLength} characters.`);
  }
};
