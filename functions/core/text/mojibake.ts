/**
 * The characters that windows-1252 shows for the bytes 0x80 to 0x9F; the five bytes it leaves free stay C1 controls.
 */
const windows1252Characters = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const byteByCharacter = new Map([...windows1252Characters].map((character, index) => [character, 0x80 + index]));

const continuation = `[\\u0080-\\u00bf${[...windows1252Characters].filter((c) => c > '\u00ff').join('')}]`;
const sequence = new RegExp(
  `[\\u00c2-\\u00df]${continuation}|[\\u00e0-\\u00ef]${continuation}{2}|[\\u00f0-\\u00f4]${continuation}{3}`,
  'g',
);

const sequenceRuns = new RegExp(`(?:${sequence.source})+`, 'g');

/**
 * What may well follow an honest letter, as in "MANHÃ”", "été’”" or "AMANHÃ…": quotation marks, dashes, dots, spaces.
 */
const plausibleAfterLetter = /^.[\u00a0\u00ab\u00ad\u00ae\u00bb‘’“”„‚‹›–—…•™]+$/;

const decoder = new TextDecoder('utf-8', { fatal: true });

const decodeAsUtf8 = (characters: string): string | undefined => {
  try {
    return decoder.decode(Uint8Array.from(characters, (c) => byteByCharacter.get(c) ?? c.charCodeAt(0)));
  } catch {
    return undefined;
  }
};

/**
 * Whether a run of sequences is valid UTF-8 that no language would write: two in a row, or a lone one of the usual
 * leads.
 */
const isMojibake = (run: string): boolean => {
  const sequences = run.match(sequence) ?? [];
  if (decodeAsUtf8(run) === undefined || sequences.every((one) => plausibleAfterLetter.test(one))) return false;
  return sequences.length > 1 || /^[ÂÃÄÅâð]|^ï»¿/.test(run);
};

/**
 * Repairs UTF-8 that was once read as windows-1252 (â€œ for “, Ã© for é). One sure case shows that the text was
 * misread; then a doubtful Â or Ã (before a no-break space, say) is repaired with it. A text without any is given back.
 */
export const repairMojibake = (text: string): string => {
  if (!text.match(sequenceRuns)?.some(isMojibake)) return text;
  return text.replace(sequenceRuns, (run) => (isMojibake(run) || /^[ÂÃ]/.test(run) ? (decodeAsUtf8(run) ?? run) : run));
};
