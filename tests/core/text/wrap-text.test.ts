import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countColumns, maxLineColumns, wrapText } from '../../../functions/core/text/wrap-text.ts';

describe('wrapped text', () => {
  it('has lines of at most 74 columns, and every word in its place', () => {
    const words = fc.array(fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'abcé-.,') }));
    fc.assert(
      fc.property(words, (list) => {
        const wrapped = wrapText(list.join(' '));
        expect(wrapped.split('\n').every((line) => line.length <= maxLineColumns)).toBe(true);
        expect(wrapped.split(/\s+/)).toEqual(list.join(' ').split(/\s+/));
      }),
    );
  });

  it('keeps an address whole, however long', () => {
    const address = `https://news.example/${'a'.repeat(120)}`;
    expect(wrapText(`Read ${address} now`)).toBe(`Read\n${address}\nnow`);
  });

  it('sets the further lines of a list item under its first word', () => {
    expect(wrapText(`- ${'word '.repeat(20).trim()}`)).toBe(
      `- ${'word '.repeat(14).trim()}\n  ${'word '.repeat(6).trim()}`,
    );
  });

  it('repeats the mark of a quotation, also around a list', () => {
    expect(wrapText(`> ${'word '.repeat(20).trim()}`)).toBe(
      `> ${'word '.repeat(14).trim()}\n> ${'word '.repeat(6).trim()}`,
    );
    expect(wrapText(`> > 1. ${'word '.repeat(15).trim()}`)).toBe(
      `> > 1. ${'word '.repeat(13).trim()}\n> >    word word`,
    );
  });

  it('breaks scripts that part no words, whose signs take two columns', () => {
    const lines = wrapText('港'.repeat(80)).split('\n');
    expect(lines.map((line) => line.length)).toEqual([37, 37, 6]);
  });

  it('begins no line with closing punctuation, and ends none with opening punctuation', () => {
    const signs = fc.string({
      minLength: 60,
      maxLength: 200,
      unit: fc.constantFrom(...'港漁夫ひカー。、」「（）！っ'),
    });
    fc.assert(
      fc.property(signs, (text) => {
        const lines = wrapText(text).split('\n');
        expect(lines.join('')).toBe(text);
        for (const line of lines.slice(1)) expect(line).not.toMatch(/^[。、」）！っー]/);
        for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/[「（]$/);
        for (const line of lines)
          if (!/[。、」「（）！っー]{2}/.test(line)) expect(countColumns(line)).toBeLessThanOrEqual(74);
      }),
    );
  });

  it('keeps a Latin word and an address whole between signs that have no spaces', () => {
    const address = 'https://news.example/articles/harbour';
    const wrapped = wrapText(`${'港'.repeat(30)}WebSub${'港'.repeat(20)}${address}。${'港'.repeat(9)}`);
    expect(wrapped).toContain('WebSub');
    expect(wrapped).toContain(`${address}。`);
  });

  it.each([
    ['港の', 4],
    ['ﾊﾛｰ', 3],
    ['한국어', 6],
    ['é', 1],
    ['🚢', 2],
    ['𠮷', 2],
    ['（１）', 6],
    ['a\u200db', 2],
  ])('counts the columns of %s', (text, columns) => {
    expect(countColumns(text)).toBe(columns);
  });

  it('ends no line at a no-break space', () => {
    const text = `${'a'.repeat(64)} confirmer\u00a0: « Ana »`;
    expect(wrapText(text)).toBe(`${'a'.repeat(64)}\nconfirmer\u00a0: « Ana »`);
    expect(wrapText(`${'a'.repeat(64)} confirmer :`)).toBe(`${'a'.repeat(64)} confirmer\n:`);
  });

  it('breaks the row of a table between its cells, so that the next row can be told from it', () => {
    const row = Array.from({ length: 6 }, (_, index) => `Sold in part ${index}`).join(' | ');
    expect(wrapText(`${row}\n1 | 2 | 3 | 4 | 5 | 6`)).toBe(
      [
        'Sold in part 0 | Sold in part 1 | Sold in part 2 | Sold in part 3 |',
        '  Sold in part 4 | Sold in part 5',
        '1 | 2 | 3 | 4 | 5 | 6',
      ].join('\n'),
    );
    expect(wrapText(`a | ${'word '.repeat(20)}| c`)).toBe(
      [`a | ${'word '.repeat(14)}`.trim(), '  word word word word word word | c'].join('\n'),
    );
  });

  it('leaves the columns of a table as they are', () => {
    const row = `Name${' '.repeat(40)}Height${' '.repeat(40)}Weight`;
    expect(wrapText(row)).toBe(row);
  });
});
