import { type BodyReader, BodyUnreadable, createBodyReader } from '../adapters/body-reader.ts';
import type { Entry, FullEntry } from '../core/entry.ts';
import { selectDigestMessages } from '../core/messages.ts';
import { buildDigest } from '../core/newsletter/digest/build-digest.ts';
import { fitPendingEntries, selectEntriesToRead } from '../core/newsletter/digest/fit-pending-entries.ts';
import type { IssuePreview, PlacedForm } from '../core/newsletter/digest/issue-preview.ts';
import { renderIntroduction } from '../core/newsletter/digest/render-introduction.ts';
import { readerPlaceholders } from '../core/newsletter/email/placeholders.ts';
import { omitLeftOut, orderEntries } from '../core/newsletter/issue/apply-issue-edits.ts';
import type { IssueDraft } from '../core/newsletter/issue/issue-draft.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import type { NumberedEntries, PendingEntries } from '../core/newsletter/issue/pending-entries.ts';
import { renderIssueContent } from '../core/newsletter/pages/render-issue-content.ts';
import { sitePaths, toSiteUrl } from '../core/site-paths.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { ComposeIssueServices } from './services.ts';

/** A body is missing when its article is edited between the two reads. Then both are read again. */
const maxAttempts = 3;

interface BuiltIssue {
  readonly draft: IssueDraft;
  readonly articleCount: number;
  readonly preview: IssuePreview;
  /** The issue covers the arrivals up to its `upTo`. */
  readonly pending: PendingEntries;
  /** What its letters are made from. */
  readonly pool: NumberedEntries;
}

/** What a letter consists of. */
export type LetterContent = Pick<PendingEntries, 'entries' | 'corrections' | 'hasMore'>;

export const buildIssueDraft = async (
  services: ComposeIssueServices,
  issue: Issue,
): Promise<BuiltIssue | undefined> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryToBuildIssueDraft(services, issue, attempt === maxAttempts);
    } catch (error) {
      if (attempt === maxAttempts) throw error;
    }
  }
};

/** @returns undefined where none of its articles is still published */
const tryToBuildIssueDraft = async (
  services: ComposeIssueServices,
  issue: Issue,
  isLastAttempt: boolean,
): Promise<BuiltIssue | undefined> => {
  const context = createDigestContext(services, issue);
  const { pool, pending: listed } = await services.sentArticles.readPool(issue.cadence, issue);
  const pending = fitPendingEntries(omitLeftOut(listed, issue), context);
  if (pending.entries.length === 0) return undefined;
  const { mail, articles, entries, forms } = await buildLetter(services, issue, context, pending, isLastAttempt);
  const page = renderIssueContent(services, {
    introduction: context.introduction?.body ?? '',
    entries,
    forms,
    corrections: pending.corrections,
    hasMore: pending.hasMore,
  });
  const preview = {
    ...describePreview(issue, mail.subject, [
      ...entries.map((entry, position) => ({ entry, form: forms[position] ?? ('left' as const) })),
      ...listLeftOut(listed, issue),
    ]),
    ...(context.introduction?.problem !== undefined && { introductionProblem: context.introduction.problem }),
  };
  return { draft: { ...mail, page, articles }, articleCount: entries.length, preview, pending, pool };
};

/** What the letters of an issue have in common. */
export const createDigestContext = (services: ComposeIssueServices, issue: Issue) => {
  const { publication, site, render } = services;
  const { introduction: markdown, chosenSubject } = issue;
  const view = formatIssueUrl(site, issue);
  const introduction =
    markdown === undefined
      ? undefined
      : renderIntroduction(markdown, { publication, site, page: view, words: selectDigestMessages(services) });
  return {
    publication,
    site,
    render,
    cadence: issue.cadence,
    at: issue.at,
    links: { ...readerPlaceholders, view },
    ...(chosenSubject !== undefined && { subject: chosenSubject }),
    ...(introduction && { introduction }),
  };
};

/**
 * Reads the articles of a letter in full, and makes the mail of them.
 * @param isLastAttempt then an article whose body cannot be read has its summary only, instead of holding up the issue
 */
export const buildLetter = async (
  services: ComposeIssueServices,
  issue: Issue,
  context: ReturnType<typeof createDigestContext>,
  { corrections, hasMore, ...content }: LetterContent,
  isLastAttempt: boolean,
) => {
  const ordered = orderEntries(content.entries, issue);
  const needed = selectEntriesToRead(ordered);
  const bodies = createBodyReader(services);
  const entries = await mapInParallel(ordered, async (entry) =>
    needed.has(entry) ? readEntry(services, bodies, entry, isLastAttempt) : { ...entry, html: '', text: '' },
  );
  const { forms, ...mail } = buildDigest({ ...context, entries, hasMore, corrections });
  const articles = [...entries, ...corrections].map(({ id, correction }) => ({
    articleId: id,
    ...(correction && { correction: correction.text }),
  }));
  return { mail, articles, entries, forms };
};

const listLeftOut = ({ entries }: PendingEntries, { leftOut = [] }: Issue) =>
  entries.filter(({ id }) => leftOut.includes(id)).map((entry) => ({ entry, form: 'leftOut' as const }));

const describePreview = (
  { at, revision }: Issue,
  subject: string,
  articles: readonly { readonly entry: Entry; readonly form: PlacedForm }[],
): IssuePreview => ({
  at,
  revision,
  subject,
  articles: articles.map(({ entry: { id, title }, form }) => ({ id, title, form })),
});

/** Of an issue without articles: those that its editor left out. */
export const buildEmptyPreview = async (
  { sentArticles }: Pick<ComposeIssueServices, 'sentArticles'>,
  issue: Issue,
): Promise<IssuePreview> =>
  describePreview(issue, issue.subject, listLeftOut(await sentArticles.listPending(issue.cadence, issue), issue));

const readEntry = async (
  { log }: ComposeIssueServices,
  bodies: BodyReader,
  entry: Entry,
  isLastAttempt: boolean,
): Promise<FullEntry> => {
  try {
    return await bodies.readFullEntry(entry);
  } catch (error) {
    if (!isLastAttempt || !(error instanceof BodyUnreadable)) throw error;
    log.error('an article is mailed without its text: upload its file again', error);
    return { ...entry, html: '', text: '' };
  }
};

export const formatIssueUrl = (site: string, issue: Issue): string =>
  toSiteUrl(site, sitePaths.issue(formatIssueName(issue), 'html'));
