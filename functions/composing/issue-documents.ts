import type { Headers } from '../adapters/bucket.ts';
import { type IssueDraft, putReaderLinks } from '../core/newsletter/issue-draft.ts';
import { newsletterPaths } from '../core/newsletter/paths.ts';
import { addressOf, sitePaths } from '../core/site-paths.ts';
import { forever, headersOf, keyOf } from '../publishing/write-documents.ts';

/** A document of the site: its key in the bucket, and what S3 is to answer with. */
export interface IssueDocument {
  readonly key: string;
  readonly body: string;
  readonly headers: Headers;
}

/** An issue on the web. It leads those who would leave, or change what they get, to the page that explains it. */
export const issueDocuments = (
  site: string,
  name: string,
  { html, text, json }: Pick<IssueDraft, 'html' | 'text' | 'json'>,
): IssueDocument[] => {
  const subscribe = addressOf(site, sitePaths.subscribe);
  const links = { unsubscribe: subscribe, preferences: subscribe };
  const bodies = { html: putReaderLinks(html, links), txt: putReaderLinks(text, links), json };
  return (['html', 'txt', 'json'] as const).map((format) => {
    const path = newsletterPaths.issue(name, format);
    return {
      key: keyOf(path),
      body: bodies[format],
      headers: { ...headersOf(path), cacheControl: forever },
    };
  });
};
