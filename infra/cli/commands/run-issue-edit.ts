import { readFile } from 'node:fs/promises';
import { buildEmptyPreview, buildIssueDraft } from '../../../functions/compose-issue/build-issue-draft.ts';
import { findArticleId } from '../../../functions/core/lifecycle/seed-record.ts';
import { formatPreviewNotes, type IssuePreview } from '../../../functions/core/newsletter/digest/issue-preview.ts';
import type { Issue } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { parseIssueEdits } from '../../../functions/core/newsletter/issue/parse-issue-edits.ts';
import { editIssue } from '../../../functions/subscriptions/edit-issue.ts';
import { connect } from '../connection/connect.ts';
import { type CliServices, createCliServices } from '../connection/create-cli-services.ts';
import { createPreviewServices } from '../newsletter/create-preview-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { formatTable } from '../output/format-values.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';

interface Options extends GlobalOptions {
  readonly subject?: string;
  readonly introduction?: string;
  readonly leaveOut?: readonly string[];
  readonly order?: readonly string[];
  readonly reset?: boolean;
}

/** What no option names stays as it is. */
export const runIssueEdit = async (name: string, options: Options, io: Io): Promise<void> => {
  const connection = await connect(options, io);
  const stores = createCliServices(connection);
  const issue = await readHeldIssue(stores, name);
  const services = await createPreviewServices(connection);
  const edits = await readEdits(stores, issue, options);
  const changed = { ...withoutEdits(issue), ...edits };
  const preview = (await buildIssueDraft(services, changed))?.preview ?? (await buildEmptyPreview(services, changed));
  requireKnown([...(edits.order ?? []), ...(edits.leftOut ?? [])], preview, issue);
  const hasOptions = [options.subject, options.introduction, options.leaveOut, options.order].some(
    (option) => option !== undefined,
  );
  if (hasOptions || options.reset) {
    const log = { info: () => undefined };
    if (!(await editIssue({ issues: stores.issues, issuesQueue: stores.issuesQueue, log }, issue, edits)))
      throw new CliError(`${name} was edited or decided on meanwhile: nothing was changed. Run the command again.`);
    io.err(`${name} is edited. Its preview is mailed again.`);
  }
  printResult(io, options, { name, ...preview }, formatEditedIssue(name, preview, changed));
};

const readHeldIssue = async ({ issues }: CliServices, name: string): Promise<Issue> => {
  const issue = await issues.get(name);
  if (!issue) throw new CliError(`There is no issue ${name}.`, exitCodes.notFound);
  if (issue.state !== 'held')
    throw new CliError(`${name} does not wait for approval: it is ${issue.state}. Only a held issue can be edited.`);
  return issue;
};

const withoutEdits = ({ chosenSubject, introduction, order, leftOut, ...issue }: Issue): Issue => issue;

const readEdits = async (stores: CliServices, issue: Issue, options: Options) => {
  const before = options.reset ? withoutEdits(issue) : issue;
  const { leaveOut, order } = options;
  const parsed = parseIssueEdits({
    subject: options.subject ?? before.chosenSubject ?? '',
    introduction:
      options.introduction === undefined ? (before.introduction ?? '') : await readIntroduction(options.introduction),
    order: order ? await findIds(stores, order) : (before.order ?? []),
    leftOut: leaveOut ? await findIds(stores, leaveOut) : (before.leftOut ?? []),
  });
  if ('problem' in parsed) throw new CliError(parsed.problem, exitCodes.usage);
  return parsed.edits;
};

const readIntroduction = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new CliError(`The introduction cannot be read from ${file}.`, exitCodes.notFound, { cause });
  }
};

/** Ids of the articles that seeds are. */
const findIds = async ({ seeds }: CliServices, keys: readonly string[]): Promise<string[]> => {
  const records = new Map((await seeds.getMany([...new Set(keys)])).map((record) => [record.key, record]));
  return keys.map((key) => {
    const record = records.get(key);
    const id = record && findArticleId(record);
    if (id === undefined) throw new CliError(`No article comes from the seed ${key}.`, exitCodes.notFound);
    return id;
  });
};

/** What was edited before may have been withdrawn since. */
const requireKnown = (
  ids: readonly string[],
  { articles }: IssuePreview,
  { order = [], leftOut = [] }: Pick<Issue, 'order' | 'leftOut'>,
): void => {
  const known = new Set([...articles.map(({ id }) => id), ...order, ...leftOut]);
  if (ids.every((id) => known.has(id))) return;
  throw new CliError('An article that you name is no part of this issue.', exitCodes.notFound);
};

const formLabels = {
  full: '',
  excerpt: ', summary only',
  title: ', title only',
  left: ', not in the mail',
  leftOut: ', left out',
} as const;

const formatEditedIssue = (name: string, preview: IssuePreview, issue: Issue): string[] => [
  ...formatTable([
    ['Issue', `${name}, held`],
    ['Subject', preview.subject],
    ...(issue.introduction ? [['Introduction', `${issue.introduction.length} characters`]] : []),
    ...preview.articles.map(({ title, form }, index) => [
      index === 0 ? 'Articles' : '',
      `${form === 'leftOut' ? '–' : `${index + 1}.`} ${title}${formLabels[form]}`,
    ]),
  ]),
  ...formatPreviewNotes(preview, issue),
];
