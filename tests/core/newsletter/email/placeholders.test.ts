import fc from 'fast-check';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import {
  escapeTextBraces,
  fillPlaceholders,
  literalReplacements,
} from '../../../../functions/core/newsletter/email/placeholders.ts';

/** SES fills templates in by Handlebars. */
const renderAsSes = (template: string): string =>
  Handlebars.compile(template, { strict: true })({ ...literalReplacements, unsubscribe: 'https://news.example/u' });

describe('a plain text as a template', () => {
  const texts = fc.string({ maxLength: 40, unit: fc.constantFrom('{', '}', '\\', 'a', ' ', '#', '\n', '{{email}}') });

  it('gives what was typed, whatever its braces and backslashes', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(renderAsSes(escapeTextBraces(text))).toBe(text);
        expect(fillPlaceholders(escapeTextBraces(text), {})).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves a text without double braces as it is', () => {
    expect(escapeTextBraces('f(x) = { a: \\b } }}')).toBe('f(x) = { a: \\b } }}');
  });

  it('takes time in proportion to its length', () => {
    const [text] = ['\\'.repeat(300_000)];
    expect(escapeTextBraces(`${text}{{`)).toHaveLength(300_002 * 5);
  });
});
