import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { cleanLine, cleanText } from '../../../functions/core/text/clean-text.ts';
import { measureCpuMs } from '../../measure-cpu-ms.ts';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** XML 1.0 §2.2: what a document may hold, less the C1 controls it discourages. */
const xmlCharacters = /^[\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

const hostile = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    fc.constantFrom(
      ...'\u0000\u0008\u000b\u001b\u007f\u0085\u00ad\u200b\u200d\u202e\u2028\ufeff\ufffe\uffff\ud83d\ude00\udbff',
    ),
    fc.constantFrom(']]>', '<!--', '&#0;', 'Ã©', 'â€™', '\u0338', 'نم\u200cی', '👩\u200d🚀'),
  ),
  maxLength: 60,
});

describe('cleanText', () => {
  test('leaves only what XML may hold, whatever comes in', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const cleaned = cleanText(text);
        expect(cleaned).toMatch(xmlCharacters);
        expect(cleaned.isWellFormed()).toBe(true);
        expect(cleaned.normalize('NFC')).toBe(cleaned);
        const document = `<a b="${escaped(cleaned).replaceAll('"', '&quot;')}">${escaped(cleaned)}</a>`;
        expect(XMLValidator.validate(document)).toBe(true);
        new XMLParser().parse(document);
      }),
      { numRuns: 2000 },
    );
  });

  test('changes nothing the second time', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['line ends', 'a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
    ['empty lines and tabs stay', 'a\n\n\tb', 'a\n\n\tb'],
    ['odd spaces', 'a\u00a0b\u202fc\u3000d\u2009e', 'a b c d e'],
    ['soft hyphens and zero-width junk', 'har\u00adbour\u200b \ufeffgate\u2060s', 'harbour gates'],
    ['overrides of direction', 'pay \u202egnp.exe\u202c now', 'pay gnp.exe now'],
    ['decomposed letters', 'Sa\u0303o Tome\u0301', 'São Tomé'],
    ['half a surrogate pair', 'a\ud83d b\udc00', 'a b'],
    ['noncharacters', 'a\ufdd0\uffff\u{1fffe}b', 'ab'],
    ['a pile of marks', `a${'\u0316'.repeat(400)}b`, `a${'\u0316'.repeat(30)}b`],
  ])('deals with %s', (_, written, clean) => {
    expect(cleanText(written)).toBe(clean);
  });

  test.each([
    ['a Persian word', 'نمی\u200cخواهم'],
    ['a Hindi conjunct', 'क्\u200dष'],
    ['a family', '👨\u200d👩\u200d👧'],
    ['a flag of pirates and one of Scotland', '🏴\u200d☠️ 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['Khmer words', 'ភាសា\u200bខ្មែរ'],
    ['marks of direction', 'שלום\u200f! 3\u200e+4'],
  ])('keeps the joiners of %s', (_, text) => {
    expect(cleanText(text)).toBe(text);
  });

  test('drops joiners where they join nothing', () => {
    expect(cleanText('har\u200cbour\u200d')).toBe('harbour');
  });

  test.each([
    ['Itâ€™s Ã©tÃ©', 'It’s été'],
    ['â€œQuiet,â€\u009d he said â€“ twice', '“Quiet,” he said – twice'],
    ['Å‚Ã³dÅº', 'łódź'],
    ['ÃƒÂ©', 'é'],
    ['Ð¿Ñ€Ð¸Ð²ÐµÑ‚', 'привет'],
    ['ðŸ™‚', '🙂'],
    ['Â£5 and Â\u00a0 more', '£5 and   more'],
  ])('repairs %s', (written, repaired) => {
    expect(cleanText(written)).toBe(repaired);
  });

  test.each([
    'MANHÃ” DE SÃO JOÃO…',
    'AMANHÃ»',
    'l’été’” «café”… Straß”',
    'pâté â la carte',
    '2×½ Ø±',
    'ÂNGULO E ÂMBITO',
    '«NÃO», disse',
  ])('takes %s for what its author wrote', (text) => {
    expect(cleanText(text)).toBe(text);
  });

  test('does not go on for ever over hostile text', () => {
    const cpuMs = measureCpuMs(() => {
      cleanText(`Ã${'ƒ'.repeat(200_000)}©`);
      cleanText('a\u0316\u0301'.repeat(100_000) + '\u0316\u0301'.repeat(200_000));
    });
    expect(cpuMs).toBeLessThan(3000);
  });
});

describe('cleanLine', () => {
  test('puts everything on one line', () => {
    expect(cleanLine('  Harbour\r\n\t opens\u00a0\u200b again ')).toBe('Harbour opens again');
  });
});
