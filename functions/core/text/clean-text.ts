import { collapseWhitespace } from './collapse-whitespace.ts';
import { repairMojibake } from './mojibake.ts';

/** A pass can uncover work for the next one (a soft hyphen inside mojibake); hostile text must not go on for ever. */
const maxPasses = 4;

const lineEnds = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
const unusualSpaces = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/**
 * Never shown, and mostly not allowed in XML 1.0 (§2.2 Char): C0 and C1 controls but tab and line feed, lone
 * surrogates, noncharacters; and with them object replacement marks, interlinear annotation and invisible operators.
 */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is being removed
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Cs}\p{Noncharacter_Code_Point}\ufff9-\ufffc\u2061-\u2064\u206a-\u206f]/gu;

/**
 * Embeddings, overrides and isolates: left open, they turn round whatever a page shows next. Plain LRM and RLM stay.
 */
const bidiControls = /[\u202a-\u202e\u2066-\u2069]/g;

const invisible = /[\u00ad\u180e\u2060\ufeff\u115f\u1160\u3164\uffa0]|\u034f(?!\p{M})/gu;

/** Zero width space parts words where a script writes none; elsewhere it is junk. */
const strayZeroWidthSpace =
  /(?<![\p{Script=Khmer}\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}])\u200b|\u200b(?![\p{Script=Khmer}\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}])/gu;

/** Joiners mean something after a letter of a joining script and inside an emoji. */
const strayJoiners =
  /(?<![\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{M}])[\u200c\u200d]/gu;

/** Tag characters spell the flags of England, Scotland and Wales; elsewhere they hide text. */
const strayTags = /(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]{0,8})[\u{e0000}-\u{e007f}]/gu;

/**
 * Unicode's stream-safe format (UAX #15, 13) allows 30 marks on a letter; more only serve to smear over other lines.
 */
const excessMarks = /(?<=\p{M}{30})\p{M}{1,1000}/gu;

const alreadyClean = /^[\t\n -~‘’“”„–—…]*$/;

/** Characters that are not shown, but for tabs, line feeds and what a script or an emoji needs. */
export const removeInvisibleCharacters = (text: string): string =>
  text
    .replace(unprintable, '')
    .replace(bidiControls, '')
    .replace(invisible, '')
    .replace(strayZeroWidthSpace, '')
    .replace(strayJoiners, '')
    .replace(strayTags, '');

const cleanOnce = (text: string): string =>
  removeInvisibleCharacters(
    repairMojibake(text.replace(excessMarks, '').normalize('NFC')).replace(lineEnds, '\n').replace(unusualSpaces, ' '),
  ).normalize('NFC');

/**
 * Takes any string and gives text that may stand in an XML document once `&`, `<` and `>` are escaped: NFC, line ends
 * as \n, plain spaces, nothing unprintable or invisible, sure mojibake repaired. Tabs and empty lines stay.
 * It knows nothing of markup: never run it over finished HTML, as NFC can join a mark to the `>` before it.
 */
export const cleanText = (text: string): string => {
  if (alreadyClean.test(text)) return text;
  let cleaned = text;
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const next = cleanOnce(cleaned);
    if (next === cleaned) break;
    cleaned = next;
  }
  return cleaned;
};

/** `cleanText` on one line: every run of white space is one space, none at the ends. */
export const cleanLine = (text: string): string => collapseWhitespace(cleanText(text));
