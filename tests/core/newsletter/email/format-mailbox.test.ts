import fc from 'fast-check';
import addressparser from 'nodemailer/lib/addressparser';
import { expect, test } from 'vitest';
import { formatMailbox } from '../../../../functions/core/newsletter/email/format-mailbox.ts';

const email = 'editor@news.example';

test.each([
  ['The Harbour Gazette', 'The Harbour Gazette <editor@news.example>'],
  ['Smith, Jones "&" Co.', '"Smith, Jones \\"&\\" Co." <editor@news.example>'],
  ['', 'editor@news.example'],
  ['Évora', '=?UTF-8?B?w4l2b3Jh?= <editor@news.example>'],
  ['Gazette\r\nBcc: all@news.example', '"Gazette Bcc: all@news.example" <editor@news.example>'],
])('%s', (name, expected) => {
  expect(formatMailbox({ name, email })).toBe(expected);
});

test('any name is one line of ASCII, of words that mail takes, and the address stays what it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => {
      const formatted = formatMailbox({ name, email });
      expect(formatted).toMatch(/^[\x20-\x7e]+$/);
      for (const [word] of formatted.matchAll(/=\?UTF-8\?B\?[^?]*\?=/g)) expect(word.length).toBeLessThanOrEqual(75);
      expect(addressparser(formatted)).toEqual([expect.objectContaining({ address: email })]);
    }),
  );
});
