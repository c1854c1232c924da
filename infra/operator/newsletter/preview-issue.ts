import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { draftIssue } from '../../../functions/composing/draft-issue.ts';
import type { ComposingServices } from '../../../functions/composing/services.ts';
import { putReaderLinks } from '../../../functions/core/newsletter/issue-draft.ts';
import { type Issue, issueName } from '../../../functions/core/newsletter/records.ts';
import { addressOf, sitePaths } from '../../../functions/core/site-paths.ts';

/**
 * Writes an issue as it would be now into a folder, as HTML, text and JSON. Nothing of the publication changes.
 * @param out the folder, which is made; absent: a new one among the temporary files
 * @returns undefined where every article of it was withdrawn
 */
export const previewIssue = async (services: ComposingServices, issue: Issue, out: string | undefined) => {
  const draft = await draftIssue(services, issue);
  if (!draft) return undefined;
  const subscribe = addressOf(services.site, sitePaths.subscribe);
  const links = { unsubscribe: subscribe, preferences: subscribe };
  const folder = out === undefined ? await mkdtemp(join(tmpdir(), 'seedpress-preview-')) : resolve(out);
  await mkdir(folder, { recursive: true });
  const name = issueName(issue);
  const pathOf = (format: string): string => join(folder, `${name}.${format}`);
  const files = { html: pathOf('html'), text: pathOf('txt'), json: pathOf('json') };
  await writeFile(files.html, putReaderLinks(draft.html, links));
  await writeFile(files.text, putReaderLinks(draft.text, links));
  await writeFile(files.json, draft.json);
  const corrections = draft.carries.length - draft.articles;
  return { name, state: issue.state, subject: draft.subject, articles: draft.articles, corrections, files };
};
