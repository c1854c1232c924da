import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanForTerminal, escapeJsonForTerminal } from '../../../functions/core/text/clean-for-terminal.ts';

const allCharacters = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code));
const control = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const hidden = /[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;
/** A visible character of Unicode's format category, such as the Arabic sign before a number. */
const visibleFormat = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}\u{13430}-\u{1343f}]/u;
const variationSelector = /[\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;

test('no control, line break or character that is not shown is left of any code point', () => {
  const left = allCharacters.filter((character) => {
    const isShown = visibleFormat.test(character) || variationSelector.test(character);
    const cleaned = cleanForTerminal(`a${character}b`);
    return !isShown && (control.test(character) || hidden.test(character)) && cleaned.includes(character);
  });
  expect(left).toEqual([]);
});

test('every visible character stays as it is', () => {
  const changed = allCharacters.filter(
    (character) =>
      /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) &&
      !hidden.test(character) &&
      character !== '\ufffc' &&
      cleanForTerminal(`a${character}b`) !== `a${character}b`,
  );
  expect(changed).toEqual([]);
});

test('any text is one line that is clean a second time', () => {
  const character = fc.oneof(
    fc.integer({ min: 0, max: 0x2100 }).map((code) => String.fromCodePoint(code)),
    fc.constantFrom(
      '\u001b[2J',
      '\u001b]8;;http://evil.example\u0007',
      '\u009b',
      '\u{e0041}',
      '\ufe0f',
      '\ud83d',
      'a\n',
    ),
  );
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 30 }), (text) => {
      const cleaned = cleanForTerminal(text);
      expect(cleaned).not.toMatch(control);
      expect(cleaned.isWellFormed()).toBe(true);
      expect(cleanForTerminal(cleaned)).toBe(cleaned);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['\u001b[2J\u001b[31mPWNED\u001b]0;title\u0007', '[2J[31mPWNED]0;title'],
  ['ok\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007', 'ok]8;;http://evil.examplelink]8;;'],
  ['story\r\n\nSeedpress: all is well', 'story Seedpress: all is well'],
  ['gpj.\u202etxt', 'gpj.txt'],
  ['a\u200bb\u2060c\u00add', 'abcd'],
])('%j is printed as %j', (text, expected) => {
  expect(cleanForTerminal(text)).toBe(expected);
});

test('scripts and emoji keep the joiners and selectors that they need', () => {
  for (const text of ['می‌خواهم', 'क्‍ष', '👩‍🚀', '❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'שלום']) expect(cleanForTerminal(text)).toBe(text);
});

test('JSON is escaped, and is the same data', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 0x10ffff }), (value, code) => {
      const data = [value, `a${String.fromCodePoint(code)}b`];
      const escaped = escapeJsonForTerminal(JSON.stringify(data));
      expect(JSON.parse(escaped)).toEqual(JSON.parse(JSON.stringify(data)));
      expect(escaped).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
    }),
    { numRuns: 300 },
  );
  expect(escapeJsonForTerminal(JSON.stringify('\u009b2J\u202e'))).toBe('"\\u009b2J\\u202e"');
});
