import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitSentences, summarize } from '../../../functions/core/text/summarize.ts';

describe('summarize', () => {
  test('gives the sentences of the first paragraph that fit', () => {
    const text = 'The harbour reopened. Nobody was hurt. The fog is expected back.\n\nMore below.';
    expect(summarize(text)).toBe('The harbour reopened. Nobody was hurt. The fog is expected back.');
    expect(summarize(text, 40)).toBe('The harbour reopened. Nobody was hurt.');
  });

  test('cuts a sentence that is too long at a word', () => {
    expect(summarize('The harbour, which was closed for three days, reopened.', 30)).toBe(
      'The harbour, which was closed…',
    );
  });

  test('cuts a word that is too long, but no character', () => {
    expect(summarize('👩‍🚀'.repeat(30), 20)).toBe('👩‍🚀👩‍🚀👩‍🚀…');
  });

  test('keeps to sentences of languages without spaces', () => {
    expect(summarize('港は再び開かれました。けが人はいませんでした。霧は戻る見込みです。', 24)).toBe(
      '港は再び開かれました。けが人はいませんでした。',
    );
  });

  test('does not take an abbreviation for the end of a sentence', () => {
    expect(splitSentences('The U.S. Navy sent Dr. J. R. Smith to St. Ives on Jan. 5. He stayed.')).toEqual([
      'The U.S. Navy sent Dr. J. R. Smith to St. Ives on Jan. 5. ',
      'He stayed.',
    ]);
  });

  test('is empty for a text without words', () => {
    expect(summarize(' \n\n ')).toBe('');
  });

  test('is one line that fits and is well-formed, for any text', () => {
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom('. ', '\n', '\n\n', ' ', 'Mr. '), fc.string({ unit: 'binary' })),
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 40 }), (written, max) => {
        const summary = summarize(written, max);
        expect(summary.length).toBeLessThanOrEqual(max);
        expect(summary).not.toContain('\n');
        expect(summary.isWellFormed()).toBe(true);
        expect(summary === '').toBe(written.trim() === '');
      }),
      { numRuns: 1000 },
    );
  });
});
