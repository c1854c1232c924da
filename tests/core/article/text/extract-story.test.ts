import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ExtractedStory, extractStory } from '../../../../functions/core/article/text/extract-story.ts';
import { SeedRejected } from '../../../../functions/core/article.ts';
import { cleanText } from '../../../../functions/core/text/clean-text.ts';
import { measureCpuMs } from '../../../measure-cpu-ms.ts';
import { readTextSeed, sampleParagraphs } from './text-seed.ts';

const splitAllWords = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** All parts of a story as one text, with the numbers of its lists. */
const joinAll = ({ headline = '', creditLines, cut, blocks }: ExtractedStory): string => {
  const body = blocks.flatMap((block) => {
    if (block.kind === 'heading') return [block.text];
    if (block.kind !== 'list') return block.lines;
    const { from, items } = block;
    return from === undefined ? items : items.map((item, index) => `${from + index} ${item}`);
  });
  return [headline, ...creditLines, ...cut.map(({ text }) => text), ...body].join('\n');
};

const line = fc.oneof(
  fc.constantFrom(...sampleParagraphs),
  fc.constantFrom(
    'Home',
    'Share this article',
    'Leave a reply',
    'Related articles',
    'See also: Fog',
    'By Anna Berg',
    'OSLO, Dec 8 (NTB) – It rained on Friday.',
    '© 2024 All rights reserved',
    '3 Comments',
    '- net',
    '7. seven',
    '8. eight',
    '> said',
    '# Part',
    '',
    '',
  ),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.lorem({ maxCount: 12 }),
);
const texts = fc.oneof(
  fc.array(line, { maxLength: 60 }).map((lines) => lines.join('\n')),
  fc.string({ unit: 'binary', maxLength: 400 }),
);

describe('any text', () => {
  test('keeps every word in one of the parts of its story', () => {
    fc.assert(
      fc.property(texts.map(cleanText), (text) => {
        const surplus = new Map<string, number>();
        for (const word of splitAllWords(joinAll(extractStory(text)))) surplus.set(word, (surplus.get(word) ?? 0) + 1);
        for (const word of splitAllWords(text)) surplus.set(word, (surplus.get(word) ?? 0) - 1);
        expect([...surplus].filter(([, count]) => count < 0)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('is read as an article or refused with a reason', () => {
    fc.assert(
      fc.property(texts, (text) => {
        try {
          const { title, summary, text: body } = readTextSeed(text);
          expect([title, summary, body].every((part) => part.trim() !== '')).toBe(true);
          expect(summary.length).toBeLessThanOrEqual(300);
        } catch (error) {
          expect(error).toBeInstanceOf(SeedRejected);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is read the same way twice', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(extractStory(text)).toEqual(extractStory(text));
      }),
    );
  });
});

describe('large texts are read in seconds', () => {
  const prose = `${sampleParagraphs.join(' ')} `;
  test.each([
    ['one line', `Headline\n\n${prose.repeat(20_000)}`],
    ['one word', `Headline\n\n${'a'.repeat(10_000_000)}`],
    ['a hundred thousand short lines', `Headline\n\n${'short\n'.repeat(100_000)}`],
    [
      'a hundred thousand short lines of a page',
      `Headline\n\nShare this\nLeave a reply\nRelated\n${'go on\n\n'.repeat(100_000)}`,
    ],
    ['brackets', `Headline\n\nOSLO ${'('.repeat(1_000_000)}`],
    ['names', `Headline\n\nBy ${'Anna Berg, '.repeat(100_000)}`],
  ])('%s', (_, text) => {
    expect(measureCpuMs(() => extractStory(text))).toBeLessThan(15_000);
  });
});
