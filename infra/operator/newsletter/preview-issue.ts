import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildIssueDraft } from '../../../functions/composing/draft-issue.ts';
import type { ComposeIssueServices } from '../../../functions/composing/services.ts';
import { fillReaderLinks } from '../../../functions/core/newsletter/issue-draft.ts';
import { formatIssueName, type Issue } from '../../../functions/core/newsletter/records.ts';
import { sitePaths, toSiteUrl } from '../../../functions/core/site-paths.ts';

/**
 * Writes an issue as it would be now into a folder, as HTML, text and JSON. Nothing of the publication changes.
 * @param folderOption the folder, which is made; absent: a new one among the temporary files
 * @returns undefined where every article of it was withdrawn
 */
export const writeIssuePreview = async (
  services: ComposeIssueServices,
  issue: Issue,
  folderOption: string | undefined,
) => {
  const draft = await buildIssueDraft(services, issue);
  if (!draft) return undefined;
  const subscribe = toSiteUrl(services.site, sitePaths.subscribe);
  const links = { unsubscribe: subscribe, preferences: subscribe };
  const folder =
    folderOption === undefined ? await mkdtemp(join(tmpdir(), 'seedpress-preview-')) : resolve(folderOption);
  await mkdir(folder, { recursive: true });
  const name = formatIssueName(issue);
  const toPath = (format: string): string => join(folder, `${name}.${format}`);
  const files = { html: toPath('html'), text: toPath('txt'), json: toPath('json') };
  await writeFile(files.html, fillReaderLinks(draft.html, links));
  await writeFile(files.text, fillReaderLinks(draft.text, links));
  await writeFile(files.json, draft.json);
  const corrections = draft.articles.length - draft.articleCount;
  return {
    name,
    state: issue.state,
    subject: draft.subject,
    articles: draft.articleCount,
    corrections,
    files,
  };
};
