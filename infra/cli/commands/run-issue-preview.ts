import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildIssueDraft } from '../../../functions/compose-issue/build-issue-draft.ts';
import type { ComposeIssueServices } from '../../../functions/compose-issue/services.ts';
import { fillPlaceholders } from '../../../functions/core/newsletter/email/placeholders.ts';
import { formatIssueName, type Issue } from '../../../functions/core/newsletter/issue/issue-record.ts';
import type { Cadence } from '../../../functions/core/publication.ts';
import { sitePaths, toSiteUrl } from '../../../functions/core/site-paths.ts';
import { connect } from '../connection/connect.ts';
import { createCliServices } from '../connection/create-cli-services.ts';
import { createPreviewServices } from '../newsletter/create-preview-services.ts';
import { findNextIssue, formatNothingPending, requireCadence } from '../newsletter/find-next-issue.ts';
import { formatTable } from '../output/format-values.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';

interface Options extends GlobalOptions {
  readonly out?: string;
}

export const runIssuePreview = async (cadence: Cadence, options: Options, io: Io): Promise<void> => {
  const connection = await connect(options, io);
  const stores = createCliServices(connection);
  requireCadence(stores.publication, cadence);
  const next = await findNextIssue(stores, cadence);
  const preview = next && (await writeIssuePreview(await createPreviewServices(connection), next, options.out));
  if (!preview) io.err(formatNothingPending(cadence));
  printResult(io, options, preview ?? { articles: 0 }, preview ? formatPreview(preview) : []);
};

const writeIssuePreview = async (services: ComposeIssueServices, issue: Issue, folderOption: string | undefined) => {
  const built = await buildIssueDraft(services, issue);
  if (!built) return undefined;
  const { draft, articleCount } = built;
  const subscribe = toSiteUrl(services.site, sitePaths.subscribe);
  const links = { unsubscribe: subscribe, preferences: subscribe };
  const folder =
    folderOption === undefined ? await mkdtemp(join(tmpdir(), 'seedpress-preview-')) : resolve(folderOption);
  await mkdir(folder, { recursive: true });
  const name = formatIssueName(issue);
  const toPath = (format: string): string => join(folder, `${name}.${format}`);
  const files = { html: toPath('html'), text: toPath('txt'), json: toPath('json') };
  await writeFile(files.html, fillPlaceholders(draft.html, links));
  await writeFile(files.text, fillPlaceholders(draft.text, links));
  await writeFile(files.json, draft.json);
  const corrections = draft.articles.length - articleCount;
  return { name, state: issue.state, subject: draft.subject, articles: articleCount, corrections, files };
};

type IssuePreview = NonNullable<Awaited<ReturnType<typeof writeIssuePreview>>>;

const formatPreview = ({ name, state, subject, articles, corrections, files }: IssuePreview): string[] =>
  formatTable([
    ['Issue', state === 'composing' ? name : `${name}, ${state}`],
    ['Subject', subject],
    ['Articles', String(articles)],
    ['Corrections', String(corrections)],
    ...Object.entries(files).map(([format, file]) => [format.toUpperCase(), file]),
  ]);
