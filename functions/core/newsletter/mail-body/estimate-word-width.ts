/** Widths of characters in the serifs of mail programs, in ems, rather too wide than too narrow. */
const widthClasses: readonly (readonly [characters: RegExp, ems: number])[] = [
  [/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]$/u, 1],
  [/^\p{Extended_Pictographic}$/u, 1.4],
  [/^\p{M}$/u, 0],
  [/^[mwMW@%—…]$/u, 1],
  [/^[iljtfrI.,:;'’!|()[\]-]$/u, 0.42],
  [/^[a-zß-ÿ\d$€£_/]$/u, 0.58],
];
const otherEms = 0.78;
const boldFactor = 1.1;

const estimateCharacterEms = (character: string): number =>
  widthClasses.find(([characters]) => characters.test(character))?.[1] ?? otherEms;

/** A line may end behind any of these characters, but a column of one at a time cannot be read. */
const unspacedScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const minUnspacedCharacters = 4;
/** Longer words are too wide in any case. */
const maxMeasuredCharacters = 40;

const estimateWordEms = (word: string): number => {
  const characters = Array.from(word.slice(0, maxMeasuredCharacters));
  const measured = unspacedScript.test(word) ? characters.slice(0, minUnspacedCharacters) : characters;
  return measured.reduce((sum, character) => sum + estimateCharacterEms(character), 0);
};

/** The width of the widest word of a text, in ems. No-break spaces keep words together. */
export const estimateWordWidth = (text: string, isBold: boolean): number => {
  let widest = 0;
  for (const word of text.split(/[ \t\n]+/)) widest = Math.max(widest, estimateWordEms(word));
  return widest * (isBold ? boldFactor : 1);
};
