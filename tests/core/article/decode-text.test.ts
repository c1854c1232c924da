import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../functions/core/article/decode-text.ts';
import { SeedRejected } from '../../../functions/core/article.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Bytes of a text in an encoding that the platform can only read: sought character by character. */
const encode = (text: string, encoding: string): Uint8Array => {
  const decoder = new TextDecoder(encoding);
  const bytes = new Map<string, number[]>();
  for (let first = 0; first < 256; first += 1) {
    const single = decoder.decode(Uint8Array.of(first));
    if (single.length === 1 && single !== '\ufffd' && !bytes.has(single)) bytes.set(single, [first]);
  }
  for (let first = 0x81; first < 0xff; first += 1)
    for (let second = 0x40; second < 0xff; second += 1) {
      const pair = decoder.decode(Uint8Array.of(first, second));
      if ([...pair].length === 1 && pair !== '\ufffd' && !bytes.has(pair)) bytes.set(pair, [first, second]);
    }
  return Uint8Array.from([...text].flatMap((character) => bytes.get(character) ?? [0x3f]));
};

const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
  const bytes = Buffer.from(text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

const portuguese =
  'O porto reabriu na manhã de segunda-feira, depois de três dias de nevoeiro. A administração diz que não houve feridos e que as lanchas já voltaram à pesca.';
const russian =
  'Порт снова открылся в понедельник утром после трёх дней тумана. Никто не пострадал, сообщили в управлении порта.';
const polish =
  'Port został ponownie otwarty w poniedziałek rano po trzech dniach mgły. Nikt nie ucierpiał, poinformował zarząd portu. Łodzie wróciły już na łowiska, a żegluga działa bez opóźnień.';
const japanese = '港は三日間の霧の後、月曜日の朝に再び開かれました。けが人はいなかったと港の事務所は話しています。';
const chinese = '经过三天的大雾之后，港口于星期一早上重新开放。港务局表示没有人受伤，渔船已经恢复出海。';
const traditional = '經過三天的大霧之後，港口於星期一早上重新開放。港務局表示沒有人受傷，漁船已經恢復出海。';
const korean =
  '사흘간의 안개가 걷힌 뒤 항구가 월요일 아침에 다시 문을 열었다. 다친 사람은 없다고 항만 관계자는 말했다.';
const greek = 'Το λιμάνι άνοιξε ξανά το πρωί της Δευτέρας ύστερα από τρεις ημέρες ομίχλης. Δεν υπήρξαν τραυματίες.';

describe('decodeText', () => {
  test.each([
    ['UTF-8', utf8(portuguese)],
    ['UTF-8 with a mark', utf8(`\ufeff${portuguese}`)],
    ['UTF-16 LE with a mark', utf16(`\ufeff${portuguese}`, false)],
    ['UTF-16 BE with a mark', utf16(`\ufeff${portuguese}`, true)],
    ['UTF-16 LE without a mark', utf16(portuguese, false)],
    ['UTF-16 BE without a mark', utf16(portuguese, true)],
  ])('reads %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe(portuguese);
  });

  test.each([
    ['windows-1252', portuguese],
    ['macintosh', portuguese],
    ['macintosh', 'Die Fähre fährt wieder über den Fluß, sagt der Hafenmeister. Größe und Maß stimmen.'],
    ['windows-1252', 'The “quiet” harbour – café and all – reopened on Monday. It’s the crew’s third naïve attempt.'],
    ['iso-8859-15', portuguese],
    ['windows-1251', russian],
    ['koi8-r', russian],
    ['windows-1250', polish],
    ['iso-8859-2', polish],
    ['shift_jis', japanese],
    ['euc-jp', japanese],
    ['gb18030', chinese],
    ['big5', traditional],
    ['euc-kr', korean],
    ['iso-8859-7', greek],
  ])('reads %s', (encoding, text) => {
    expect(decodeText(encode(text, encoding))).toBe(text);
  });

  test('reads UTF-16 of a script that has no Latin letters', () => {
    expect(decodeText(utf16(`${russian}\n`.repeat(3), false))).toBe(`${russian}\n`.repeat(3));
  });

  test('believes the encoding a page declares, when the bytes agree', () => {
    const page = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><title>Порт</title>`;
    expect(decodeText(encode(page, 'windows-1251'), 'html')).toBe(page);
    const wrong = '<meta charset="windows-1251"><p>manhã';
    expect(decodeText(utf8(wrong), 'html')).toBe(wrong);
    const xml = `<?xml version="1.0" encoding="iso-8859-2"?><p>Łódź</p>`;
    expect(decodeText(encode(xml, 'iso-8859-2'), 'html')).toBe(xml);
  });

  test('reads UTF-8 that was cut in the middle of a character', () => {
    expect(decodeText(utf8(`${portuguese.repeat(3)}ã`).slice(0, -1))).toBe(`${portuguese.repeat(3)}\ufffd`);
  });

  test.each([
    ['a PDF', utf8('%PDF-1.7\nfoo'), /a PDF document/],
    ['a Word document', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6), /office document/],
    ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16), /JPEG/],
    ['NULs', utf8('harbour\0gate\0\0x'), /NUL/],
    ['control characters', Uint8Array.from({ length: 400 }, (_, index) => 1 + (index % 8)), /control characters/],
    ['UTF-32', Uint8Array.of(0, 0, 0xfe, 0xff, 0, 0, 0, 65), /UTF-32/],
  ])('refuses %s', (_, bytes, reason) => {
    expect(() => decodeText(bytes)).toThrow(reason);
    expect(() => decodeText(bytes)).toThrow(SeedRejected);
  });

  test('says where the first NUL is', () => {
    expect(() => decodeText(utf8('abc\0def\0\0'))).toThrow(expect.objectContaining({ place: 'byte 4' }));
  });
});
