import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type CsvRow, readCsv } from '../../../../infra/cli/subscribers/read-csv.ts';
import { escapeFormula, formatCsv, unescapeFormula } from '../../../../infra/cli/subscribers/write-csv-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'seedpress-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

const all = async (file: string): Promise<CsvRow[]> => {
  const found: CsvRow[] = [];
  for await (const row of readCsv(file)) found.push(row);
  return found;
};
const read = async (content: string | Buffer): Promise<CsvRow[]> => {
  const file = join(folder, 'readers.csv');
  writeFileSync(file, content);
  return all(file);
};
const rows = async (content: string | Buffer) => (await read(content)).map(({ line, fields }) => [line, ...fields]);

const plain = [
  [1, 'email', 'consent'],
  [2, 'ana@a.example', 'At the fair'],
];

test.each([
  ['commas', 'email,consent\nana@a.example,At the fair\n'],
  ['no end of line at the end', 'email,consent\nana@a.example,At the fair'],
  ['a byte order mark, and CRLF', '\ufeffemail,consent\r\nana@a.example,At the fair\r\n'],
  ['semicolons, as Excel writes them in half of Europe', '\ufeffemail;consent\r\nana@a.example;At the fair\r\n'],
  ['tabs', 'email\tconsent\nana@a.example\tAt the fair\n'],
  ['UTF-16, as Excel calls Unicode', Buffer.from('\ufeffemail\tconsent\r\nana@a.example\tAt the fair\r\n', 'utf16le')],
  ['quotes', '"email","consent"\n"ana@a.example","At the fair"\n'],
  ['old Macintosh line ends', 'email,consent\rana@a.example,At the fair\r'],
])('%s', async (_, content) => {
  expect(await rows(content)).toEqual(plain);
});

test("Excel's line that names the separator is no heading", async () => {
  expect(await rows('sep=;\r\nemail;consent\r\na@a.example;x,y\r\n')).toEqual([
    [2, 'email', 'consent'],
    [3, 'a@a.example', 'x,y'],
  ]);
});

test('a row is where it begins: quoted line ends, empty lines and rows of separators count as lines', async () => {
  const found = await rows('email,consent\na@a.example,"one\ntwo ""three"""\n\n,,\nb@a.example,x\n');
  expect(found).toEqual([
    [1, 'email', 'consent'],
    [2, 'a@a.example', 'one\ntwo "three"'],
    [6, 'b@a.example', 'x'],
  ]);
});

test('a stray quote spoils its own field alone', async () => {
  expect(await rows('email,consent\na"b@a.example,x\n"c"d,y\ne@a.example,z\n')).toEqual([
    [1, 'email', 'consent'],
    [2, 'a"b@a.example', 'x'],
    [3, expect.stringContaining('c'), 'y'],
    [4, 'e@a.example', 'z'],
  ]);
});

test('a quote that nobody closes is told with its place, be the file short or long', async () => {
  const broken = 'email,consent\na@a.example,x\nb@a.example,"y\n';
  for (const content of [broken, broken + 'c@a.example,z\n'.repeat(20_000)])
    await expect(read(content)).rejects.toThrow(/after line 2: a quote is opened and not closed/);
});

test('a line that is too long is refused by its limit, without a quote in it', async () => {
  const long = `email,consent\na@a.example,${'x'.repeat(200_000)}\n`;
  await expect(read(long)).rejects.toThrow(/after line 1: .*a line is longer than 64 KB/);
});

test('no file, a folder and an empty file', async () => {
  await expect(all(join(folder, 'none.csv'))).rejects.toThrow('cannot be read');
  await expect(all(folder)).rejects.toThrow('cannot be read');
  expect(await rows('')).toEqual([]);
});

test('what is written is read again, and no spreadsheet takes it for a formula', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\ufeff', '').toWellFormed()),
    fc.stringMatching(/^'{0,3}[=+\-@\t\r＝][a-z()"',;\n]*$/),
    fc.stringMatching(/^[a-z'=+;\t\r\n]*$/),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), async (written) => {
      const text = formatCsv([['email', 'consent'], ...written]);
      const kept = written.filter((row) => row.some((each) => escapeFormula(each).trim() !== ''));
      const found = (await read(text)).slice(1).map(({ fields }) => fields);
      expect(found.map((row) => row.map(unescapeFormula))).toEqual(kept);
      // A spreadsheet may split columns at another separator.
      for (const each of found.flat()) expect(each).not.toMatch(/(?:^|[;\t\r\n])[=+\-@\t\r\n＝＋－＠]/);
    }),
    { numRuns: 300 },
  );
});

test('shielding is undone exactly, whatever the cell', () => {
  fc.assert(fc.property(fc.string(), (cell) => unescapeFormula(escapeFormula(cell)) === cell));
  expect(escapeFormula('=1+1')).toBe("'=1+1");
  expect(escapeFormula('\n=1+1')).toBe("'\n'=1+1");
  expect(escapeFormula('a;=1+1')).toBe("a;'=1+1");
  expect(escapeFormula('ana@a.example')).toBe('ana@a.example');
});
