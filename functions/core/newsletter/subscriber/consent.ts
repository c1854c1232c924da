import * as z from 'zod';
import { fingerprint } from '../../identity.ts';

/**
 * Where a sign-up form stands: the Subscribe page, an issue on the web, the end of an article, a page that asks to sign up again, or none of
 * ours.
 */
export const signUpForms = ['subscribe', 'again', 'other', 'issue', 'article'] as const;
export type SignUpForm = (typeof signUpForms)[number];

/**
 * The proof of a reader's consent. With the form of the site: when, by which form and words they signed up, and when
 * they confirmed. In another system: when, and how in its words.
 */
export const consentSchema = z.object({
  signedUpAt: z.string().exactOptional(),
  form: z.enum(signUpForms).exactOptional(),
  /** Names the words that the form showed, which are stored once. */
  words: z.string().exactOptional(),
  confirmedAt: z.string().exactOptional(),
  consent: z.string().exactOptional(),
});
export type Consent = z.infer<typeof consentSchema>;

/** What a form says to those who fill it in, under the name by which their consent refers to it. */
export interface ConsentWords {
  readonly name: string;
  readonly text: string;
}

export const nameConsentWords = (text: string): ConsentWords => ({ name: fingerprint(text), text });

/** What a sign-up says of itself. */
export type SignUpConsent = Pick<Consent, 'form' | 'words'>;

export const selectConsent = ({ signedUpAt, form, words, confirmedAt, consent }: Consent): Consent => ({
  ...(signedUpAt !== undefined && { signedUpAt }),
  ...(form !== undefined && { form }),
  ...(words !== undefined && { words }),
  ...(confirmedAt !== undefined && { confirmedAt }),
  ...(consent !== undefined && { consent }),
});
