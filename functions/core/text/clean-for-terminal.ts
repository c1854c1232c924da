import { removeInvisibleCharacters } from './clean-text.ts';

const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

const variationSelector = String.raw`\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}`;

/**
 * What is still not shown, so that two keys of which one has it look the same. Articles may have it. Joiners,
 * zero-width spaces and tags are those that scripts and emoji need by now; a variation selector needs a character
 * before it.
 */
const hiddenFormatting = new RegExp(
  String.raw`(?![\u200b-\u200d\u{e0020}-\u{e007f}${variationSelector}])\p{Default_Ignorable_Code_Point}|(?<=^|[\s\p{Default_Ignorable_Code_Point}])[${variationSelector}]`,
  'gu',
);

/**
 * One line for a terminal of a text from outside: nothing in it moves the cursor, begins another line, sets a title,
 * hides a link or turns the direction of what follows. Unlike `cleanText` it changes no visible character, so that a
 * key can be copied.
 */
export const cleanForTerminal = (text: string): string =>
  removeInvisibleCharacters(text.replace(lineBreaks, ' ')).replace(hiddenFormatting, '');

/** JSON.stringify escapes the controls of ASCII only. */
const terminalControls = /[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u007f-\u009f]/gu;

const escapeCodeUnits = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');

/** JSON of exactly the same data, without characters that a terminal obeys or does not show. */
export const escapeJsonForTerminal = (json: string): string => json.replace(terminalControls, escapeCodeUnits);
