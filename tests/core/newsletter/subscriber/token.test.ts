import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signUpForms } from '../../../../functions/core/newsletter/subscriber/consent.ts';
import {
  confirmationTtlMs,
  signToken,
  type TokenClaim,
  type TokenKey,
  verifyToken,
} from '../../../../functions/core/newsletter/subscriber/token.ts';
import { cadences } from '../../../../functions/core/publication.ts';

const since = '2026-11-23T07:00:00.000Z';
const now = new Date('2026-11-24T07:00:00.000Z');
const keyOf = (digit: string, made: string): TokenKey => ({
  id: digit.repeat(8),
  secret: `secret ${digit}`,
  createdAt: made,
});
const old = keyOf('1', '2026-01-01T00:00:00.000Z');
const newer = keyOf('2', '2026-06-01T00:00:00.000Z');
const newest = keyOf('3', '2026-11-01T00:00:00.000Z');
const key = '0123456789abcdef0123456789abcdef';

const claims: TokenClaim[] = [
  { purpose: 'confirm', key, since },
  { purpose: 'preferences', key },
  { purpose: 'unsubscribe', key },
  { purpose: 'approve', issue: 'weekly-12' },
  { purpose: 'return', key, since, cadence: 'weekly', email: 'ana@harbour.example' },
  { purpose: 'data', key, since },
  { purpose: 'move', key, since, email: 'ana@harbour.example' },
];
const purposes = claims.map(({ purpose }) => purpose);
const verify = (token: string, purpose: TokenClaim['purpose'], keys = [newest], at = now) =>
  verifyToken(token, purpose, { keys, now: at });

describe.each(claims)('a token to $purpose', (claim) => {
  const token = signToken(claim, [newest]);

  it('says what was signed', () => {
    expect(verify(token, claim.purpose)).toEqual(claim);
  });

  it('is short, and may stand in an address as it is', () => {
    expect(token).toMatch('email' in claim ? /^[A-Za-z0-9_-]{60,120}$/ : /^[A-Za-z0-9_-]{40,58}$/);
  });

  it('opens nothing else', () => {
    const others = purposes.filter((purpose) => purpose !== claim.purpose);
    expect(others.map((purpose) => verify(token, purpose))).toEqual(others.map(() => 'invalid'));
  });

  it('is worth nothing once any bit of it is another', () => {
    const bytes = Buffer.from(token, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const tampered = Buffer.from(bytes);
      tampered.writeUInt8(tampered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      for (const purpose of purposes) expect(verify(tampered.toString('base64url'), purpose, [newest])).toBe('invalid');
    }
  });

  it('is worth nothing cut short, made longer or spelt otherwise', () => {
    const others = [
      ...Array.from({ length: token.length }, (_, length) => token.slice(0, length)),
      `${token}A`,
      `${token}=`,
      ` ${token}`,
      `${token}\n`,
      token.replace(/^./, (first) => `${first}.`),
    ];
    for (const other of others) expect(verify(other, claim.purpose)).toBe('invalid');
  });

  it('works with each of three keys, and with none of another', () => {
    const signed = [old, newer, newest].map((by) => signToken(claim, [by]));
    for (const each of signed) expect(verify(each, claim.purpose, [newest, newer, old])).toEqual(claim);
    expect(verify(signToken(claim, [old]), claim.purpose, [newest, newer])).toBe('invalid');
    const forged = { ...newest, secret: 'guessed' };
    expect(verify(signToken(claim, [forged]), claim.purpose)).toBe('invalid');
  });

  it('is signed by the newest key, in whatever order they come', () => {
    expect(signToken(claim, [old, newest, newer])).toBe(token);
  });
});

it('confirmations, also of an address, expire after seven days, a link to data after one day, and nothing else ever does', () => {
  const after = (milliseconds: number) => new Date(Date.parse(since) + milliseconds);
  const listExpired = (at: Date) =>
    purposes.filter((_, index) => {
      const claim = claims[index];
      return claim && verify(signToken(claim, [newest]), claim.purpose, [newest], at) === 'expired';
    });
  const dayMs = 24 * 60 * 60 * 1000;
  expect(listExpired(after(dayMs))).toEqual([]);
  expect(listExpired(after(dayMs + 1))).toEqual(['data']);
  expect(listExpired(after(confirmationTtlMs))).toEqual(['data']);
  expect(listExpired(after(confirmationTtlMs + 1))).toEqual(['confirm', 'return', 'data', 'move']);
  expect(listExpired(new Date('2126-01-01T00:00:00.000Z'))).toEqual(['confirm', 'return', 'data', 'move']);
});

it('a token of any address gives it back, and shows it to nobody', () => {
  fc.assert(
    fc.property(fc.emailAddress(), fc.constantFrom('daily', 'weekly'), (email, cadence) => {
      const claim = { purpose: 'return', key, since, cadence, email } as const;
      const token = signToken(claim, [newest]);
      expect(verify(token, 'return')).toEqual(claim);
      expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain(email);
      expect(token.length).toBeLessThan(500);
    }),
  );
});

it('any text at all is no token, and breaks nothing', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.base64String()),
      fc.constantFrom(...purposes),
      (text, purpose) => {
        expect(verify(text, purpose)).toBe('invalid');
      },
    ),
  );
});

it('nothing can be signed without a key', () => {
  expect(() => signToken({ purpose: 'unsubscribe', key }, [])).toThrow('no key');
});

it('of a return says by which form and words somebody signed up', () => {
  for (const form of signUpForms)
    for (const words of ['0123456789abcdef0123', undefined])
      for (const cadence of cadences) {
        const signUp = { form, ...(words !== undefined && { words }), cadence, email: 'ana@harbour.example' };
        const claim = { purpose: 'return', key, since, ...signUp } as const;
        expect(verify(signToken(claim, [newest]), 'return')).toEqual(claim);
      }
});
