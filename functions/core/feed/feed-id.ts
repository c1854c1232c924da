import { v5 as uuid } from 'uuid';
import type { Publication } from '../publication.ts';

const feedNamespace = '0d6a4dc5-4c7e-4a08-9a5e-5b6d0a4f5c1b';

/**
 * The id of the feed at a path such as `/topics/shipping`, as a URN. It depends only on the publication's own id and
 * the path, so a new title or domain does not make it a new feed.
 */
export const toFeedId = (publication: Pick<Publication, 'id'>, path: string): string =>
  `urn:uuid:${uuid(path, uuid(publication.id, feedNamespace))}`;
