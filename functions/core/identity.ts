import { hash } from 'node:crypto';
import { v5 as uuidv5, validate } from 'uuid';
import type { TopicOrAuthor } from './entry.ts';
import { memoize } from './text/memoize.ts';
import { toNameSlug } from './text/slug.ts';

const toNamespace = memoize((publicationId: string): string => uuidv5(`seedpress:${publicationId}`, uuidv5.URL));

/** A UUID derived from the publication and the seed's key. It names the seed's files in the internal bucket. */
export const toSeedUuid = (publicationId: string, key: string): string => uuidv5(key, toNamespace(publicationId));

/**
 * The id of an article, which depends neither on its title nor on the site's domain, so that readers never see it
 * twice.
 * @param stated the `id:` of the front matter: a UUID or a URI, which wins, so that imports and renames keep theirs
 */
export const toArticleId = (publicationId: string, key: string, stated?: string): string => {
  if (stated === undefined) return `urn:uuid:${toSeedUuid(publicationId, key)}`;
  return validate(stated) ? `urn:uuid:${stated.toLowerCase()}` : stated;
};

/** The id of an article whose seed's key has given its id to another. */
export const toSpareArticleId = (
  publicationId: string,
  { key, sequencer }: { readonly key: string; readonly sequencer: string },
): string => `urn:uuid:${uuidv5(`${key}\n${sequencer}`, toNamespace(publicationId))}`;

/** Names the bytes of a file, whatever its line ends are: mail, Git and FTP change them. */
export const fingerprintContent = (bytes: Uint8Array): string =>
  fingerprint(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').replaceAll('\r\n', '\n'),
  );

/** A short name for content: the same content has the same name. */
export const fingerprint = (...parts: readonly string[]): string => {
  const text = parts.map((part) => `${part.length}:${part}`).join('');
  return hash('sha256', text).slice(0, 20);
};

/** A topic or an author under the part of an address that names it. */
export const toTopicOrAuthor = (name: string): TopicOrAuthor => ({ name, slug: toNameSlug(name, fingerprint) });

const feedNamespace = '0d6a4dc5-4c7e-4a08-9a5e-5b6d0a4f5c1b';
const toFeedNamespace = memoize((publicationId: string): string => uuidv5(publicationId, feedNamespace));

/**
 * The id of the feed at a path such as `/topics/shipping`, as a URN. It depends only on the publication's own id and
 * the path, so a new title or domain does not make it a new feed.
 */
export const toFeedId = ({ id }: { readonly id: string }, path: string): string =>
  `urn:uuid:${uuidv5(path, toFeedNamespace(id))}`;

/** Names in it stand for longer ones. No seed is in it, as files in hidden folders are ignored. */
const shortNamesFolder = '.long/';

/** A key as it is or, where a service does not take as many bytes of UTF-8, a hash of it with its extension. */
export const shortenKey = (key: string, maxBytes: number): string =>
  Buffer.byteLength(key) <= maxBytes
    ? key
    : `${shortNamesFolder}${fingerprint(key)}${/\.[a-z\d]{1,10}$/i.exec(key)?.[0] ?? ''}`;

export const isShortenedKey = (key: string): boolean => key.startsWith(shortNamesFolder);
