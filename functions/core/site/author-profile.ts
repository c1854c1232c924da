import { fingerprint } from '../identity.ts';
import type { Publication } from '../publication.ts';
import { toNameSlug } from '../text/slug.ts';

export type AuthorProfile = Publication['authors'][number];

/** What the settings say of an author. Only those who are there have feeds of their own. */
export const findAuthorProfile = ({ authors }: Publication, slug: string): AuthorProfile | undefined =>
  authors.find(({ name }) => toNameSlug(name, fingerprint) === slug);
