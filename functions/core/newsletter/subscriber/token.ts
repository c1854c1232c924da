import { createHmac, timingSafeEqual } from 'node:crypto';
import { compareStrings } from '../../text/compare-strings.ts';

/** A secret that signs tokens. The newest key signs and all verify, so keys can be rotated. */
export interface TokenKey {
  /** Eight hexadecimal digits. */
  readonly id: string;
  readonly secret: string;
  readonly createdAt: string;
}

/**
 * What a token allows its holder to do. `key` is the subscriber's; `since` is that of the pending sign-up, so that a
 * confirmation works for this sign-up only, and not after the reader has left.
 */
export type TokenClaim =
  | { readonly purpose: 'confirm'; readonly key: string; readonly since: string }
  | { readonly purpose: 'preferences' | 'unsubscribe'; readonly key: string }
  | { readonly purpose: 'approve'; readonly issue: string };
export type TokenPurpose = TokenClaim['purpose'];
type ClaimOfPurpose<P extends TokenPurpose> = P extends TokenPurpose ? TokenClaim & { readonly purpose: P } : never;

/** Milliseconds after a sign-up during which it can be confirmed. Tokens of other purposes do not expire. */
export const confirmationTtlMs = 7 * 24 * 60 * 60 * 1000;

const purposeBytes = { confirm: 1, preferences: 2, unsubscribe: 3, approve: 4 } as const;

const byteLengths = { head: 5, key: 16, instant: 6, mac: 16 } as const;

/** Purpose (1 byte), id of the signing key (4 bytes) and subject. The token appends 16 bytes of HMAC-SHA-256 over these. */
const encodeClaim = (claim: TokenClaim, key: TokenKey): Buffer => {
  const head = Buffer.concat([Buffer.of(purposeBytes[claim.purpose]), Buffer.from(key.id, 'hex')]);
  if (claim.purpose === 'approve') return Buffer.concat([head, Buffer.from(claim.issue)]);
  const subject = Buffer.from(claim.key, 'hex');
  if (claim.purpose !== 'confirm') return Buffer.concat([head, subject]);
  const since = Buffer.alloc(byteLengths.instant);
  since.writeUIntBE(Date.parse(claim.since), 0, byteLengths.instant);
  return Buffer.concat([head, subject, since]);
};

const createMac = (bytes: Buffer, { secret }: TokenKey): Buffer =>
  createHmac('sha256', secret).update('seedpress token\n').update(bytes).digest().subarray(0, byteLengths.mac);

/**
 * Signs a claim with the newest key: 50 characters of base64url for a reader's links, 58 for a confirmation.
 * @throws when there is no key
 */
export const signToken = (claim: TokenClaim, keys: readonly TokenKey[]): string => {
  const newest = keys.toSorted((a, b) => compareStrings(b.createdAt, a.createdAt))[0];
  if (!newest) throw new Error('there is no key to sign a token with');
  const bytes = encodeClaim(claim, newest);
  return Buffer.concat([bytes, createMac(bytes, newest)]).toString('base64url');
};

/** Refuses other spellings: in base64url, several strings can decode to the same bytes. */
const decodeToken = (token: string): Buffer | undefined => {
  if (token.length > 200) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  return bytes.toString('base64url') === token ? bytes : undefined;
};

const parseSignedSubject = (token: string, purpose: TokenPurpose, keys: readonly TokenKey[]): Buffer | undefined => {
  const all = decodeToken(token);
  if (!all || all.length <= byteLengths.head + byteLengths.mac) return undefined;
  const bytes = all.subarray(0, -byteLengths.mac);
  const key = keys.find(({ id }) => id === bytes.subarray(1, byteLengths.head).toString('hex'));
  if (!key || !timingSafeEqual(createMac(bytes, key), all.subarray(-byteLengths.mac))) return undefined;
  return bytes[0] === purposeBytes[purpose] ? bytes.subarray(byteLengths.head) : undefined;
};

const subjectParsers: { readonly [P in TokenPurpose]: (subject: Buffer) => ClaimOfPurpose<P> } = {
  confirm: (subject) => ({
    purpose: 'confirm',
    key: subject.subarray(0, byteLengths.key).toString('hex'),
    since: new Date(subject.readUIntBE(byteLengths.key, byteLengths.instant)).toISOString(),
  }),
  preferences: (subject) => ({ purpose: 'preferences', key: subject.toString('hex') }),
  unsubscribe: (subject) => ({ purpose: 'unsubscribe', key: subject.toString('hex') }),
  approve: (subject) => ({ purpose: 'approve', issue: subject.toString() }),
};

export const verifyToken = <P extends TokenPurpose>(
  token: string,
  purpose: P,
  { keys, now }: { readonly keys: readonly TokenKey[]; readonly now: Date },
): ClaimOfPurpose<P> | 'invalid' | 'expired' => {
  const subject = parseSignedSubject(token, purpose, keys);
  if (!subject) return 'invalid';
  const claim = subjectParsers[purpose](subject);
  return isExpired(claim, now) ? 'expired' : claim;
};

const isExpired = (claim: TokenClaim, now: Date): boolean =>
  claim.purpose === 'confirm' && Date.parse(claim.since) + confirmationTtlMs < now.getTime();
