import type { Publication } from '../../publication.ts';
import { sitePaths, toSiteUrl } from '../../site-paths.ts';

type ListSettings = Pick<Publication, 'id' | 'sender' | 'newsletter'>;

const toDomainLabel = (id: string): string =>
  id
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'list';

/**
 * Headers of every mail of the list (RFC 2919, RFC 2369): its stable id, its archive, that it accepts no posts, the
 * page that explains it, and who runs it.
 */
export const buildListHeaders = (publication: ListSettings, site: string): Readonly<Record<string, string>> => ({
  'List-Id': `<${toDomainLabel(publication.id)}.${new URL(site).hostname}>`,
  'List-Archive': `<${toSiteUrl(site, sitePaths.issues)}>`,
  'List-Post': 'NO',
  'List-Help': `<${toSiteUrl(site, sitePaths.subscribe)}>`,
  'List-Owner': `<mailto:${publication.newsletter.mailbox ?? publication.sender.email}>`,
});

/**
 * RFC 8058: one https address that identifies list and reader, and accepts a POST without confirmation. Some versions
 * of Apple Mail know the mailto alone; its mail contains the link, so that a person can follow it.
 */
export const buildUnsubscribeHeaders = (
  { newsletter }: Pick<Publication, 'newsletter'>,
  unsubscribe: string,
): Readonly<Record<string, string>> => ({
  'List-Unsubscribe':
    newsletter.mailbox === undefined
      ? `<${unsubscribe}>`
      : `<${unsubscribe}>, <mailto:${newsletter.mailbox}?subject=unsubscribe&body=${encodeURIComponent(unsubscribe)}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

/**
 * Headers of every message of an issue. Feedback-ID lets Gmail report complaints by issue and by list. `Precedence` is
 * in no standard: automatic replies are suppressed by `List-Id` (RFC 5230, section 4.6).
 */
export const buildIssueHeaders = (
  publication: ListSettings,
  site: string,
  issue: string,
): Readonly<Record<string, string>> => ({
  ...buildListHeaders(publication, site),
  'Feedback-ID': `${issue}:${publication.id.replace(/[^\w-]+/g, '-')}:issue:seedpress`,
});
