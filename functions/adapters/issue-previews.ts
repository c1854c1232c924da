import { type IssuePreview, issuePreviewSchema } from '../core/newsletter/digest/issue-preview.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import { internalFolders } from '../platform/contract.ts';
import { type Bucket, readJsonObject } from './bucket.ts';

const toPreviewKey = (issue: Issue, revision: number): string =>
  `${internalFolders.drafts}${formatIssueName(issue)}-preview-${revision}.json`;

/** Writes the preview of the issue's revision to the internal bucket. */
export const writeIssuePreview = (bucket: Pick<Bucket, 'put'>, issue: Issue, preview: IssuePreview): Promise<void> =>
  bucket.put(toPreviewKey(issue, issue.revision), JSON.stringify(preview), { contentType: 'application/json' });

export const deleteIssuePreview = async (
  bucket: Pick<Bucket, 'delete'>,
  issue: Issue,
  revision: number,
): Promise<void> => {
  if (revision >= 0) await bucket.delete(toPreviewKey(issue, revision));
};

/** While the preview of the last edit is made, the one before it, which is deleted then. */
export const readIssuePreview = async (
  bucket: Pick<Bucket, 'get'>,
  issue: Issue,
): Promise<IssuePreview | undefined> => {
  for (const revision of [issue.revision, issue.revision - 1, issue.revision]) {
    const preview = await readJsonObject(bucket, toPreviewKey(issue, revision), issuePreviewSchema);
    if (preview?.at === issue.at) return preview;
  }
  return undefined;
};
