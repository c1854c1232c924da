import type { ObjectHeaders } from '../adapters/bucket.ts';
import { toIssueHeaders, toObjectKey } from '../adapters/site-objects.ts';
import { fillPlaceholders } from '../core/newsletter/email/placeholders.ts';
import type { IssueDraft } from '../core/newsletter/issue/issue-draft.ts';
import { sitePaths } from '../core/site-paths.ts';
import { internalFolders } from '../platform/contract.ts';

export interface IssueObject {
  readonly key: string;
  readonly body: string;
  readonly headers: ObjectHeaders;
}

/** Where the internal bucket has a copy of an issue's page, from which a lost one is restored. */
export const formatIssuePageKey = (name: string): string => `${internalFolders.issues}${name}.html`;

/** The links of a reader and what is written above them. Strangers have nothing to unsubscribe from. */
const readerLinks = /^.*\n\{\{(?:unsubscribe|preferences)\}\}\n/gm;

/** The issue on the web. */
export const buildIssueObjects = (
  name: string,
  page: string,
  { text, json }: Pick<IssueDraft, 'text' | 'json'>,
): IssueObject[] => {
  const bodies = { html: page, txt: fillPlaceholders(text.replace(readerLinks, ''), {}), json };
  return (['html', 'txt', 'json'] as const).map((format) => {
    const path = sitePaths.issue(name, format);
    return { key: toObjectKey(path), body: bodies[format], headers: toIssueHeaders(path) };
  });
};
