import { SeedRejected } from '../../article.ts';

/** Patterns for words fail on a word of some millions of characters, depending on what the engine has compiled. */
const maxWordLength = 1_000_000;

/** @throws {SeedRejected} for a word that is too long to read */
export const checkWordLengths = (text: string): void => {
  if (text.length <= maxWordLength) return;
  if (text.split(/\s/).some(({ length }) => length > maxWordLength)) {
    throw new SeedRejected(`The text has a word of more than ${maxWordLength} characters.`);
  }
};
