import { describe, expect, test } from 'vitest';
import { readTextSeed, sampleParagraphs } from './text-seed.ts';

const read = (...paragraphs: readonly string[]) =>
  readTextSeed(['Wall mended', sampleParagraphs[0], ...paragraphs].join('\n\n'));

describe('marks of agencies and desks below a story are cut', () => {
  test.each([
    ['ip/bl', 'desk mark', undefined],
    ['bur-ab/cd', 'desk mark', undefined],
    ['JYP // JPS', 'desk mark', undefined],
    ['EFE', 'agency mark', 'EFE'],
    ['(Reuters)', 'agency mark', 'Reuters'],
    ['Agence France-Presse', 'agency mark', 'Agence France-Presse'],
    ['PTI KKS KVK KVK', 'agency mark', 'PTI'],
    ['dpa ab cd n1', 'agency mark', 'dpa'],
    ['भाषा अमित रंजन', 'agency mark', 'भाषा'],
    ['Lusa/Fim', 'agency mark', 'Lusa'],
    ['###', 'end mark', undefined],
    ['-30-', 'end mark', undefined],
    ['- ENDS -', 'end mark', undefined],
    ['（完）', 'end mark', undefined],
  ])('%s', (mark, reason, source) => {
    const article = read(sampleParagraphs[1], mark);
    expect(article.cut).toEqual([{ text: mark, reason }]);
    expect(article.text.endsWith(sampleParagraphs[1])).toBe(true);
    expect(article.source).toBe(source);
  });

  test.each([
    ['EFE', 'EFE'],
    ['(dpa)', 'dpa'],
    ['PTI KKS KVK', 'PTI'],
    ['– Reuters', 'Reuters'],
  ])('also behind its last sentence: %s', (mark, source) => {
    const article = read(`${sampleParagraphs[1]} ${mark}`, 'ip/bl');
    expect(article.cut).toEqual([
      { text: mark, reason: 'agency mark' },
      { text: 'ip/bl', reason: 'desk mark' },
    ]);
    expect(article.text.endsWith(sampleParagraphs[1])).toBe(true);
    expect(article.source).toBe(source);
  });

  test.each(['The end', 'End', 'A. B.', 'He spoke to Reuters.', 'Reuters building', 'Yours, Max', 'see you then/now'])(
    'an author’s last line stays: %s',
    (line) => {
      expect(read(line)).toMatchObject({ cut: [], text: `${sampleParagraphs[0]}\n\n${line}` });
    },
  );
});

test('the agency of a dateline without a place is the source, and its day the date', () => {
  expect(readTextSeed(`北码头\n\n中新网5月24日电 ${sampleParagraphs[0]}`)).toMatchObject({
    source: '中新网',
    printed: { at: '2024-05-24T00:00:00.000Z' },
    summary: sampleParagraphs[0],
  });
});

test('the reporters of a dateline are the authors', () => {
  expect(readTextSeed(`北码头\n\n新华社波尔图11月25日电（记者李明）北码头的新起重机首次吊起货物。`).authors).toEqual([
    '李明',
  ]);
});
