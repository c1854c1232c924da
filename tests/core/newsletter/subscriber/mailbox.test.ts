import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMailbox } from '../../../../functions/core/newsletter/subscriber/mailbox.ts';

describe('the mailbox of an address', () => {
  it.each([
    ['ana@harbour.example', 'ana@harbour.example'],
    ['Ana+news@harbour.example', 'ana@harbour.example'],
    ['a.n-a@harbour.example', 'a.n-a@harbour.example'],
    ['+ana@harbour.example', '+ana@harbour.example'],
    ['a.n.a+x+y@gmail.com', 'ana@gmail.com'],
    ['A.na@googlemail.com', 'ana@gmail.com'],
    ['a.n-a_+x@pm.me', 'ana@proton.me'],
    ['a.na+x@me.com', 'a.na@icloud.com'],
    ['a.na+x@outlook.com', 'a.na@outlook.com'],
    ['ana@hotmail.com', 'ana@hotmail.com'],
    ['a.na-shop@yahoo.com', 'a.na@yahoo.com'],
    ['ana-shop@yahoo.co.uk', 'ana@yahoo.co.uk'],
    ['ana-shop@ymail.com', 'ana@ymail.com'],
    ['shop@ana.fastmail.com', 'ana@fastmail.com'],
    ['ana+shop@fastmail.com', 'ana@fastmail.com'],
    ['a.n-a@ya.ru', 'ana@yandex.com'],
  ])('of %s is %s', (address, mailbox) => {
    expect(toMailbox(address)).toBe(mailbox);
  });

  it('is the same for an address with a tag, and is its own mailbox', () => {
    const local = fc.stringMatching(/^[a-z0-9_-]+(\.[a-z0-9_-]+){0,3}$/);
    const domain = fc.constantFrom('gmail.com', 'pm.me', 'yahoo.fr', 'x.fastmail.com', 'harbour.example', 'ya.ru');
    fc.assert(
      fc.property(local, domain, fc.stringMatching(/^[a-z0-9.+-]*$/), (name, host, tag) => {
        const mailbox = toMailbox(`${name}@${host}`);
        expect(toMailbox(`${name.toUpperCase()}+${tag}@${host}`)).toBe(mailbox);
        expect(toMailbox(mailbox)).toBe(mailbox);
        expect(mailbox).toMatch(/^[^@]+@[^@]+$/);
      }),
    );
  });
});
