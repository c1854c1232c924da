import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hashEmailAddress, parseEmailAddress } from '../../../../functions/core/newsletter/subscriber/email-address.ts';

it.each([
  ['ana@harbour.example', 'ana@harbour.example'],
  ['  ana@harbour.example\n', 'ana@harbour.example'],
  ['Ana.Reis+news@Harbour.EXAMPLE', 'Ana.Reis+news@harbour.example'],
  ["o'neil_{x}=y@harbour.example", "o'neil_{x}=y@harbour.example"],
  ['ana@bücher.example', 'ana@xn--bcher-kva.example'],
  ['ana@BÜCHER.example', 'ana@xn--bcher-kva.example'],
  ['ana@xn--bcher-kva.example', 'ana@xn--bcher-kva.example'],
  ['ana@例え.テスト', 'ana@xn--r8jz45g.xn--zckzah'],
  ['ana@ｈａｒｂｏｕｒ.example', 'ana@harbour.example'],
  [`${'a'.repeat(64)}@harbour.example`, `${'a'.repeat(64)}@harbour.example`],
  [`a@${'b'.repeat(63)}.example`, `a@${'b'.repeat(63)}.example`],
])('%j is %s', (written, address) => {
  expect(parseEmailAddress(written)).toBe(address);
});

it.each([
  ['nothing', ''],
  ['no sign between', 'harbour.example'],
  ['two signs', 'ana@reis@harbour.example'],
  ['no local part', '@harbour.example'],
  ['no domain', 'ana@'],
  ['a host without a domain', 'ana@localhost'],
  ['an address of a network', 'ana@127.0.0.1'],
  ['one in disguise', 'ana@0x7f.1'],
  ['a literal', 'ana@[127.0.0.1]'],
  ['a port', 'ana@harbour.example:25'],
  ['a path', 'ana@harbour.example/x'],
  ['an escape', 'ana@harb%6fur.example'],
  ['two dots', 'ana@harbour..example'],
  ['a dot at the end', 'ana@harbour.example.'],
  ['a hyphen at the edge', 'ana@-harbour.example'],
  ['an underscore in the domain', 'ana@har_bour.example'],
  ['a dot at the edge of the local part', '.ana@harbour.example'],
  ['two dots in the local part', 'a..na@harbour.example'],
  ['a local part of other letters', 'añа@harbour.example'],
  ['a quoted local part', '"ana reis"@harbour.example'],
  ['a name beside it', 'Ana <ana@harbour.example>'],
  ['two addresses', 'ana@harbour.example,bo@harbour.example'],
  ['a new line within', 'ana@harbour.example\r\nBcc: bo@harbour.example'],
  ['a new line in the local part', 'ana\r\n@harbour.example'],
  ['a tab in the domain', 'ana@harbour\t.example'],
  ['a nought', 'ana\0@harbour.example'],
  ['a full-width sign', 'ana＠harbour.example'],
  ['a full-width sign in the domain', 'ana@bo＠harbour.example'],
  ['a local part of 65', `${'a'.repeat(65)}@harbour.example`],
  ['a label of 64', `a@${'b'.repeat(64)}.example`],
  ['255 in all', `${'a'.repeat(64)}@${'b.'.repeat(92)}example`],
])('%s is no address', (_, written) => {
  expect(parseEmailAddress(written)).toBeUndefined();
});

it('whatever is written, an address is one line of visible ASCII with one sign, and is its own parse', () => {
  const written = fc.oneof(
    fc.emailAddress(),
    fc.string({ unit: 'binary' }),
    fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })).map((parts) => parts.join('@')),
    fc.domain().chain((domain) => fc.string({ unit: 'binary' }).map((local) => `${local}@${domain}`)),
  );
  fc.assert(
    fc.property(written, (text) => {
      const address = parseEmailAddress(text);
      if (address === undefined) return;
      expect(address).toMatch(/^[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]{1,64}@[a-z0-9.-]{3,}$/);
      expect(address.length).toBeLessThanOrEqual(254);
      expect(parseEmailAddress(address)).toBe(address);
    }),
    { numRuns: 2000 },
  );
});

it('the key of an address is the same in any case of its letters, and another under another secret', () => {
  const key = hashEmailAddress('Ana@harbour.example', 'secret');
  expect(key).toMatch(/^[0-9a-f]{32}$/);
  expect(hashEmailAddress('ana@harbour.example', 'secret')).toBe(key);
  expect(hashEmailAddress('ana@harbour.example', 'other')).not.toBe(key);
  expect(hashEmailAddress('bo@harbour.example', 'secret')).not.toBe(key);
});
