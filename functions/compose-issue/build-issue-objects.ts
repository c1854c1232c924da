import type { ObjectHeaders } from '../adapters/bucket.ts';
import { immutableCacheControl, toObjectHeaders, toObjectKey } from '../adapters/site-objects.ts';
import { fillPlaceholders } from '../core/newsletter/email/placeholders.ts';
import type { IssueDraft } from '../core/newsletter/issue/issue-draft.ts';
import { sitePaths, toSiteUrl } from '../core/site-paths.ts';

/** A document of the site: its key in the bucket, and what S3 is to answer with. */
export interface IssueObject {
  readonly key: string;
  readonly body: string;
  readonly headers: ObjectHeaders;
}

/** An issue on the web. It leads those who would leave, or change what they get, to the page that explains it. */
export const buildIssueObjects = (
  site: string,
  name: string,
  { html, text, json }: Pick<IssueDraft, 'html' | 'text' | 'json'>,
): IssueObject[] => {
  const subscribe = toSiteUrl(site, sitePaths.subscribe);
  const links = { unsubscribe: subscribe, preferences: subscribe };
  const bodies = { html: fillPlaceholders(html, links), txt: fillPlaceholders(text, links), json };
  return (['html', 'txt', 'json'] as const).map((format) => {
    const path = sitePaths.issue(name, format);
    return {
      key: toObjectKey(path),
      body: bodies[format],
      headers: { ...toObjectHeaders(path), cacheControl: immutableCacheControl },
    };
  });
};
