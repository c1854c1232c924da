import type { Publication } from '../../publication.ts';
import { buildListHeaders } from './email-headers.ts';

/**
 * What every copy of an issue says of it. Feedback-ID lets Gmail tell complaints by issue and by list; its last part
 * names the sender. There is no `Precedence`, which no standard knows: who answers by itself goes by `List-Id`
 * (RFC 5230, section 4.6). `Message-ID` and `Date` are the mailer's.
 */
export const buildIssueHeaders = (
  publication: Pick<Publication, 'id'>,
  site: string,
  issue: string,
): Readonly<Record<string, string>> => ({
  ...buildListHeaders(publication, site),
  'Feedback-ID': `${issue}:${publication.id.replace(/[^\w-]+/g, '-')}:issue:seedpress`,
});
