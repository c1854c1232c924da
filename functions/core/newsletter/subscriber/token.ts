import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { type Cadence, cadences } from '../../publication.ts';
import { compareStrings } from '../../text/compare-strings.ts';
import { type SignUpConsent, signUpForms } from './consent.ts';

/** A secret that signs tokens. The newest key signs and all verify, so keys can be rotated. */
export interface TokenKey {
  /** Eight hexadecimal digits. */
  readonly id: string;
  readonly secret: string;
  readonly createdAt: string;
}

/**
 * What a token allows its holder to do. `key` is the subscriber's; `since` is the instant of the sign-up, so that a
 * confirmation works for this sign-up only, and not after the reader has left.
 */
export type TokenClaim =
  | { readonly purpose: 'confirm'; readonly key: string; readonly since: string }
  /** Confirms the sign-up of a reader who left. Their address is encrypted in it, since the table has it no longer. */
  | (SignUpConsent & {
      readonly purpose: 'return';
      readonly key: string;
      readonly since: string;
      readonly cadence: Cadence;
      /** Each as eight hexadecimal digits; absent for all articles. */
      readonly topics?: readonly string[];
      readonly email: string;
    })
  /** Moves a subscription to another address, which is encrypted in it. */
  | { readonly purpose: 'move'; readonly key: string; readonly since: string; readonly email: string }
  /** Downloads or erases what is stored about a reader. */
  | { readonly purpose: 'data'; readonly key: string; readonly since: string }
  | { readonly purpose: 'preferences' | 'unsubscribe'; readonly key: string }
  | { readonly purpose: 'approve'; readonly issue: string };
export type TokenPurpose = TokenClaim['purpose'];
type ClaimOfPurpose<P extends TokenPurpose> = P extends TokenPurpose ? TokenClaim & { readonly purpose: P } : never;

const dayMs = 24 * 60 * 60 * 1000;
export const confirmationTtlMs = 7 * dayMs;
/** Milliseconds after `since`. Tokens of other purposes do not expire. */
const ttlMs: Partial<Record<TokenPurpose, number>> = {
  confirm: confirmationTtlMs,
  return: confirmationTtlMs,
  move: confirmationTtlMs,
  data: dayMs,
};

const purposeBytes = { confirm: 1, preferences: 2, unsubscribe: 3, approve: 4, return: 5, data: 6, move: 7 } as const;

const byteLengths = {
  head: 5,
  key: 16,
  instant: 6,
  choice: 1,
  words: 10,
  count: 1,
  topic: 4,
  iv: 16,
  mac: 16,
} as const;
const signUpAt = byteLengths.key + byteLengths.instant;
const wordsAt = signUpAt + byteLengths.choice;
const countAt = wordsAt + byteLengths.words;
const topicsAt = countAt + byteLengths.count;

/**
 * Purpose (1 byte), id of the signing key (4 bytes) and subject. The token appends 16 bytes of HMAC-SHA-256 over these.
 */
const encodeClaim = (claim: TokenClaim, key: TokenKey): Buffer => {
  const head = Buffer.concat([Buffer.of(purposeBytes[claim.purpose]), Buffer.from(key.id, 'hex')]);
  if (claim.purpose === 'approve') return Buffer.concat([head, Buffer.from(claim.issue)]);
  const subject = Buffer.from(claim.key, 'hex');
  if (!('since' in claim)) return Buffer.concat([head, subject]);
  const since = Buffer.alloc(byteLengths.instant);
  since.writeUIntBE(Date.parse(claim.since), 0, byteLengths.instant);
  if (!('email' in claim)) return Buffer.concat([head, subject, since]);
  const signUp = claim.purpose === 'return' ? encodeSignUp(claim) : Buffer.of();
  const email = encryptEmail(claim.email, Buffer.concat([subject, since]), key);
  return Buffer.concat([head, subject, since, signUp, email]);
};

/** Four bits of the cadence's place and four of the form's, both from one, the name of the words, and the topics. */
const encodeSignUp = ({ cadence, form, words = '', topics = [] }: ClaimOfPurpose<'return'>): Buffer => {
  const choice = (form === undefined ? 0 : signUpForms.indexOf(form) + 1) * 16 + cadences.indexOf(cadence) + 1;
  const bytes = Buffer.alloc(byteLengths.choice + byteLengths.words);
  bytes.writeUInt8(choice, 0);
  bytes.write(words, byteLengths.choice, 'hex');
  return Buffer.concat([bytes, Buffer.of(topics.length), Buffer.from(topics.join(''), 'hex')]);
};

const findIv = (subject: Buffer): number => topicsAt + subject.readUInt8(countAt) * byteLengths.topic;

const decodeSignUp = (subject: Buffer): SignUpConsent & Pick<ClaimOfPurpose<'return'>, 'cadence' | 'topics'> => {
  const choice = subject.readUInt8(signUpAt);
  const form = signUpForms[(choice >> 4) - 1];
  const words = subject.subarray(wordsAt, countAt);
  const topics = subject.subarray(topicsAt, findIv(subject)).toString('hex').match(/.{8}/g);
  return {
    cadence: cadences[(choice & 15) - 1] ?? 'monthly',
    ...(form !== undefined && { form }),
    ...(words.some((byte) => byte !== 0) && { words: words.toString('hex') }),
    ...(topics && { topics: [...topics] }),
  };
};

const deriveSecret = (purpose: string, { secret }: TokenKey): Buffer =>
  createHmac('sha256', secret).update(`seedpress ${purpose}\n`).digest();

/**
 * The initialization vector is derived from the content, as in SIV (RFC 5297): core has no randomness. The token's MAC
 * authenticates both.
 */
const encryptEmail = (email: string, context: Buffer, key: TokenKey): Buffer => {
  const mac = createHmac('sha256', deriveSecret('token iv', key)).update(context).update(email).digest();
  const iv = mac.subarray(0, byteLengths.iv);
  const cipher = createCipheriv('aes-256-ctr', deriveSecret('token email', key), iv);
  return Buffer.concat([iv, cipher.update(email), cipher.final()]);
};

const decryptEmail = (bytes: Buffer, key: TokenKey): string => {
  const decipher = createDecipheriv('aes-256-ctr', deriveSecret('token email', key), bytes.subarray(0, byteLengths.iv));
  return Buffer.concat([decipher.update(bytes.subarray(byteLengths.iv)), decipher.final()]).toString();
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

/** Characters: an address of 254 bytes and thirty topics take 594. */
const maxTokenLength = 700;

/** Refuses other spellings: in base64url, several strings can decode to the same bytes. */
const decodeToken = (token: string): Buffer | undefined => {
  if (token.length > maxTokenLength) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  return bytes.toString('base64url') === token ? bytes : undefined;
};

const parseSignedSubject = (
  token: string,
  purpose: TokenPurpose,
  keys: readonly TokenKey[],
): { readonly subject: Buffer; readonly key: TokenKey } | undefined => {
  const all = decodeToken(token);
  if (!all || all.length <= byteLengths.head + byteLengths.mac) return undefined;
  const bytes = all.subarray(0, -byteLengths.mac);
  const key = keys.find(({ id }) => id === bytes.subarray(1, byteLengths.head).toString('hex'));
  if (!key || !timingSafeEqual(createMac(bytes, key), all.subarray(-byteLengths.mac))) return undefined;
  return bytes[0] === purposeBytes[purpose] ? { subject: bytes.subarray(byteLengths.head), key } : undefined;
};

const parseDatedSubject = (subject: Buffer): { readonly key: string; readonly since: string } => ({
  key: subject.subarray(0, byteLengths.key).toString('hex'),
  since: new Date(subject.readUIntBE(byteLengths.key, byteLengths.instant)).toISOString(),
});

const subjectParsers: { readonly [P in TokenPurpose]: (subject: Buffer, key: TokenKey) => ClaimOfPurpose<P> } = {
  confirm: (subject) => ({ purpose: 'confirm', ...parseDatedSubject(subject) }),
  data: (subject) => ({ purpose: 'data', ...parseDatedSubject(subject) }),
  return: (subject, key) => ({
    purpose: 'return',
    ...parseDatedSubject(subject),
    ...decodeSignUp(subject),
    email: decryptEmail(subject.subarray(findIv(subject)), key),
  }),
  move: (subject, key) => ({
    purpose: 'move',
    ...parseDatedSubject(subject),
    email: decryptEmail(subject.subarray(signUpAt), key),
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
  const signed = parseSignedSubject(token, purpose, keys);
  if (!signed) return 'invalid';
  const claim = subjectParsers[purpose](signed.subject, signed.key);
  return isExpired(claim, now) ? 'expired' : claim;
};

const isExpired = (claim: TokenClaim, now: Date): boolean =>
  'since' in claim && Date.parse(claim.since) + (ttlMs[claim.purpose] ?? 0) < now.getTime();
