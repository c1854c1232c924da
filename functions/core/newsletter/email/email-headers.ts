import type { Publication } from '../../publication.ts';
import { sitePaths, toSiteUrl } from '../../site-paths.ts';

const toDomainLabel = (id: string): string =>
  id
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'list';

/** Headers of every mail of the list (RFC 2919, RFC 2369): its stable id, its archive, and that it accepts no posts. */
export const buildListHeaders = (
  publication: Pick<Publication, 'id'>,
  site: string,
): Readonly<Record<string, string>> => ({
  'List-Id': `<${toDomainLabel(publication.id)}.${new URL(site).hostname}>`,
  'List-Archive': `<${toSiteUrl(site, sitePaths.issues)}>`,
  'List-Post': 'NO',
});

/** RFC 8058: one https address that identifies list and reader, and accepts a POST without confirmation. */
export const buildUnsubscribeHeaders = (unsubscribe: string): Readonly<Record<string, string>> => ({
  'List-Unsubscribe': `<${unsubscribe}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

/**
 * Headers of every message of an issue. Feedback-ID lets Gmail report complaints by issue and by list. `Precedence` is
 * in no standard: automatic replies are suppressed by `List-Id` (RFC 5230, section 4.6).
 */
export const buildIssueHeaders = (
  publication: Pick<Publication, 'id'>,
  site: string,
  issue: string,
): Readonly<Record<string, string>> => ({
  ...buildListHeaders(publication, site),
  'Feedback-ID': `${issue}:${publication.id.replace(/[^\w-]+/g, '-')}:issue:seedpress`,
});
