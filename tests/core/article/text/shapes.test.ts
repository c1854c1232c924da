import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTextSeed, sampleParagraphs } from './text-seed.ts';

const htmlOf = (body: string) => readTextSeed(`A headline\n\n${body}`).html;

describe('what was typed in a shape keeps it', () => {
  test.each([
    ['columns', 'From        To          Fare\nPorto       Foz         3.00\nFoz         Leca        2.50'],
    ['columns with numbers on the right', 'Mackerel     12.50\nCod           9.00\nEel         110.00'],
    ['two rows of columns', 'Monday    closed\nTuesday   open'],
    ['program code', 'def mend(wall):\n    return wall'],
    ['a drawing', ' /\\_/\\\n( o.o )\n \\___/'],
  ])('%s', (_, rows) => {
    const typed = rows.startsWith('def') ? rows.replace(/^/gm, '    ') : rows;
    const html = htmlOf(`${sampleParagraphs[0]}\n\n${typed}\n\n${sampleParagraphs[1]}`);
    expect(html).toContain(`</p>\n<pre>${rows.replaceAll('<', '&lt;')}</pre>\n<p>`);
  });

  test('cells between tabs stand in columns', () => {
    expect(htmlOf('Name\tFare\nPorto\t3\nLeca\t2')).toBe('<pre>Name   Fare\nPorto  3\nLeca   2</pre>');
  });

  test('verse with indentation', () => {
    const verse = 'The sea is calm.\n    The tide is full,\nthe moon lies fair.';
    expect(htmlOf(verse)).toBe(`<pre>${verse}</pre>`);
  });

  test('an address', () => {
    expect(htmlOf('Ines Prata\nQuay 3\n4000 Porto')).toBe('<p>Ines Prata<br />Quay 3<br />4000 Porto</p>');
  });

  test.each([
    ['two blanks behind sentences', 'The wall is old.  It was built in May.\nThe sea is calm.  It is full of fish.'],
    ['a list with wide marks', '-  nets\n-  buoys'],
    ['numbers with wide marks', '1.  nets\n2.  buoys'],
  ])('is no table: %s', (_, rows) => {
    expect(htmlOf(rows)).not.toContain('<pre>');
  });
});

describe('lines that were broken by hand are joined', () => {
  const wrap = (text: string, width: number) => text.replace(new RegExp(`(.{${width - 12},${width}}) `, 'g'), '$1\n');
  const unwrapped = sampleParagraphs.join('\n\n');
  const wrapped = sampleParagraphs.map((text) => wrap(text, 72)).join('\n\n');

  test.each([
    ['a table', 'Porto    3.00\nLeca     2.50'],
    ['a list', '- nets\n- buoys'],
    ['an address', 'Ines Prata\nQuay 3\nPorto'],
    ['a long line', `See https://harbour.example/${'wall/'.repeat(20)}`],
  ])('also beside %s', (_, other) => {
    expect(readTextSeed(`A headline\n\n${wrapped}\n\n${other}`).text.startsWith(unwrapped)).toBe(true);
  });

  test('also in items of a list', () => {
    expect(htmlOf('1. Adults pay three.\n2. Children pay one.\n   Babies go free.\n3. Dogs pay.')).toBe(
      '<ol><li>Adults pay three.</li><li>Children pay one. Babies go free.</li><li>Dogs pay.</li></ol>',
    );
  });

  test('behind a hyphen without a blank', () => {
    const text =
      'The harbour master said that the wall of the harbour is a well-\nknown place for fishing, and that it is sound.';
    expect(readTextSeed(`A headline\n\n${text}`).text).toBe(text.replace('\n', ''));
  });

  test.each([
    ['Chinese', '港口办公室昨天说，新的起重机将在下周\n到达码头，工人们已经开始准备地基，而\n且夜间也会工作。'],
    [
      'Japanese',
      '港湾局は昨日、新しいクレーンが来週埠頭に\n到着すると発表した。作業員はすでに基礎の\n準備を始めている。',
    ],
    ['Thai', 'เครนตัวใหม่ของท่าเรือยกสินค้าครั้งแรกเมื่อ\nวันพฤหัสบดี มีคนในเมืองราวสองร้อยคนมาดู'],
  ])('without blanks in %s', (_, text) => {
    expect(readTextSeed(`港\n\n${text}`).text).toBe(text.replaceAll('\n', ''));
  });

  test('with blanks in Korean', () => {
    const text =
      '항만국은 어제 새로운 크레인이 다음 주 부두에 도착한다고\n발표했으며 작업자들은 이미 기초 준비를 시작했다고 말했다.';
    expect(readTextSeed(`항구\n\n${text}`).text).toBe(text.replace('\n', ' '));
  });

  test.each([
    ['Chinese', '床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。'],
    ['English', 'The sea is calm to-night.\nThe tide is full,\nthe moon lies fair'],
  ])('but not verse: %s', (_, verse) => {
    expect(htmlOf(verse)).toBe(`<p>${verse.replaceAll('\n', '<br />')}</p>`);
  });
});

test('no word is lost or added, whatever shape a text has', () => {
  const row = fc.tuple(fc.nat(8), fc.lorem({ maxCount: 12 }), fc.constantFrom('', '    x', '\ty', '-', '。'));
  const text = fc.array(
    fc.oneof(
      fc.constant(''),
      row.map(([blanks, words, end]) => ' '.repeat(blanks) + words + end),
    ),
    {
      maxLength: 30,
    },
  );
  const wordsOf = (written: string) => (written.match(/[\p{L}\p{N}]+/gu) ?? []).join('');
  fc.assert(
    fc.property(text, (rows) => {
      const body = rows.join('\n');
      fc.pre(/\p{L}/u.test(body));
      const article = readTextSeed(`A headline\n\n${body}`);
      expect(wordsOf([article.text, ...article.cut.map((cut) => cut.text)].join(' '))).toBe(wordsOf(body));
    }),
    { numRuns: 200 },
  );
});
