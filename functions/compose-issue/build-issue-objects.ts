import type { ObjectHeaders } from '../adapters/bucket.ts';
import { immutableCacheControl, toObjectHeaders, toObjectKey } from '../adapters/site-objects.ts';
import { fillPlaceholders } from '../core/newsletter/email/placeholders.ts';
import type { IssueDraft } from '../core/newsletter/issue/issue-draft.ts';
import { sitePaths, toSiteUrl } from '../core/site-paths.ts';

export interface IssueObject {
  readonly key: string;
  readonly body: string;
  readonly headers: ObjectHeaders;
}

/** The issue on the web. Its links to unsubscribe and to change preferences lead to the Subscribe page. */
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
