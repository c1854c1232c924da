import { describe, expect, it } from 'vitest';
import { buildUnsubscribeHeaders } from '../../../../functions/core/newsletter/email/email-headers.ts';
import { digestPublication } from '../digest/digest-fixture.ts';

const link = 'https://news.example/subscriptions/unsubscribe?token=AwEi_-';

describe('the headers to unsubscribe', () => {
  it('have the https address alone where nobody reads mail', () => {
    expect(buildUnsubscribeHeaders(digestPublication, link)).toEqual({
      'List-Unsubscribe': `<${link}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });

  it('also have an address where somebody does, with the link in the mail', () => {
    const newsletter = { ...digestPublication.newsletter, mailbox: 'leave@news.example' };
    const headers = buildUnsubscribeHeaders({ newsletter }, link);
    const [https, mailto = ''] = headers['List-Unsubscribe']?.split(', ') ?? [];
    expect(https).toBe(`<${link}>`);
    const address = new URL(mailto.slice(1, -1));
    expect(address.pathname).toBe('leave@news.example');
    expect(address.searchParams.get('body')).toBe(link);
    // SES takes header values of up to 870 characters.
    expect(headers['List-Unsubscribe']?.length).toBeLessThan(870);
  });
});
