import { createHmac } from 'node:crypto';
import { domainToASCII } from 'node:url';

/** RFC 5321 section 4.5.3.1; 254 is what its 256 for a path in angle brackets leave to the address. */
const maxLengths = { address: 254, local: 64, domain: 253, label: 63 } as const;

/** RFC 5322's dot-atom: no quotes, blanks or brackets, so that nothing in it can end a header or an address. */
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;

/** Characters that URL parsers drop, decode or stop at; none belongs in a domain. */
const forbiddenInDomain = /[\s\p{Cc}%/\\?#:@[\]<>^|]/u;

const label = /^(?!-)[a-z0-9-]+(?<!-)$/;

const isDomain = (domain: string): boolean => {
  const labels = domain.split('.');
  const last = labels.at(-1) ?? '';
  return (
    domain.length <= maxLengths.domain &&
    labels.length > 1 &&
    labels.every((part) => part.length <= maxLengths.label && label.test(part)) &&
    /[a-z]/.test(last)
  );
};

/**
 * Normalizes an e-mail address: trimmed, the domain in lower case and Punycode, the local part as written. Undefined
 * for what is none, or what SES would refuse: a local part beyond 7-bit ASCII.
 */
export const parseEmailAddress = (written: string): string | undefined => {
  const [local = '', domain = '', ...more] = written.trim().split('@');
  if (more.length > 0 || local.length > maxLengths.local || !localPart.test(local)) return undefined;
  if (domain.length > maxLengths.domain || forbiddenInDomain.test(domain)) return undefined;
  const ascii = domainToASCII(domain).toLowerCase();
  const address = `${local}@${ascii}`;
  return isDomain(ascii) && address.length <= maxLengths.address ? address : undefined;
};

/**
 * The key of an address: a keyed hash of 32 hexadecimal digits that ignores case. It keeps an erased address suppressed
 * and identifies the subscriber in logs.
 * @param address from `parseEmailAddress`
 */
export const hashEmailAddress = (address: string, secret: string): string =>
  createHmac('sha256', secret).update(address.toLowerCase()).digest('hex').slice(0, 32);

/** Names a secret without revealing it: which one made a hash. */
export const nameAddressSecret = (secret: string): string =>
  createHmac('sha256', secret).update('seedpress name of the address secret').digest('hex').slice(0, 16);

/** Removes addresses from a text: mail servers name the recipient in their errors, which logs and the ledger keep. */
export const redactEmailAddresses = (text: string): string =>
  text.replace(/[^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+/g, '(an address)');
