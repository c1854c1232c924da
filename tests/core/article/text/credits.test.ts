import { describe, expect, test } from 'vitest';
import { parseCredits } from '../../../../functions/core/article/text/credits.ts';

describe('a credit line', () => {
  test.each([
    [
      'Report by Taimur Azhari; Editing by Gerry Doyle and Angus MacSwan',
      ['Taimur Azhari'],
      ['Gerry Doyle', 'Angus MacSwan'],
    ],
    [
      '(Reporting by Ali Al-Sayed in Cairo and Mia O’Hara; editing by J. K. Lund)',
      ['Ali Al-Sayed', 'Mia O’Hara'],
      ['J. K. Lund'],
    ],
    ['By ANNA BERG, Jean-Luc de la Tour & Lu Xun', ['Anna Berg', 'Jean-Luc de la Tour', 'Lu Xun'], []],
    ['by Anna Berg', ['Anna Berg'], []],
    ['Von Anna Berg und Max von der Heide', ['Anna Berg', 'Max von der Heide'], []],
    ['Par Élise Dubois et Marc Petit', ['Élise Dubois', 'Marc Petit'], []],
    ['Por José Núñez y Ana Ruiz', ['José Núñez', 'Ana Ruiz'], []],
    ['Di Marco Rossi', ['Marco Rossi'], []],
    ['Door Jan de Vries en Piet Bos', ['Jan de Vries', 'Piet Bos'], []],
    ['Автор: Иван Петров', ['Иван Петров'], []],
    ['作者：王小明', ['王小明'], []],
    ['Redaktion: Anna Berg', [], ['Anna Berg']],
  ])('%s', (line, authors, editors) => {
    expect(parseCredits(line)).toEqual({ authors, editors });
  });

  test('names the source', () => {
    expect(parseCredits('Source: Harbour Gazette')).toEqual({
      authors: [],
      editors: [],
      source: 'Harbour Gazette',
    });
  });

  test.each([
    'By the river the boats lay still.',
    'By Monday the wall was mended',
    'By Jove, it was cold',
    'Von hier an wird es steil.',
    'Por la mañana salimos',
    'Par exemple',
    'Edited by hand, and printed on Sunday',
    'Written by candlelight',
    'Di notte',
    'Source: we do not know. It may be that nobody does.',
    'Reporting by Anna Berg; she will be missed',
  ])('is not seen in: %s', (line) => {
    expect(parseCredits(line)).toBeUndefined();
  });
});
