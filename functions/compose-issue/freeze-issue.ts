import type * as z from 'zod';
import { readJsonObject } from '../adapters/bucket.ts';
import { fingerprint } from '../core/identity.ts';
import { issueDraftSchema } from '../core/newsletter/issue/issue-draft.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import { letterPlanSchema } from '../core/newsletter/issue/letters.ts';
import { internalFolders } from '../platform/contract.ts';
import { buildIssueDraft } from './build-issue-draft.ts';
import { planLetters } from './plan-letters.ts';
import type { ComposeIssueServices } from './services.ts';

/** A draft's key in the internal bucket. Its name is its fingerprint, so that no draft overwrites another. */
export const formatDraftKey = (issue: Issue, draftName: string): string =>
  `${internalFolders.drafts}${formatIssueName(issue)}-${draftName}.json`;

const plannedDraftSchema = issueDraftSchema.extend({
  plan: letterPlanSchema.default({ repeated: [], classes: {}, entries: [], letters: [] }),
});

/**
 * Fixes the content of an issue, and which letters it has. Two calls at once may draft it differently, when an article
 * is edited or withdrawn in between: the first that writes its draft's name to the issue's record decides.
 */
export const freezeIssue = async (services: ComposeIssueServices, issue: Issue): Promise<Issue | undefined> => {
  const result = await buildIssueDraft(services, issue);
  if (!result) return discardEmptyIssue(services, issue);
  const { draft, articleCount, pending } = result;
  const { upTo } = pending;
  if (upTo < issue.upTo)
    services.log.warn('more articles are waiting than the issue has space for', {
      issue: formatIssueName(issue),
      upTo,
    });
  const plan = await planLetters(services, issue, result);
  const body = JSON.stringify({ ...draft, plan });
  const draftName = fingerprint(body);
  await services.buckets.internal.put(formatDraftKey(issue, draftName), body, {
    contentType: 'application/json',
  });
  return services.issues.advance(issue, {
    state: 'frozen',
    draft: draftName,
    subject: draft.subject,
    articles: articleCount,
    upTo,
  });
};

export const discardEmptyIssue = async (
  { issues, log }: ComposeIssueServices,
  issue: Issue,
): Promise<Issue | undefined> => {
  log.info('no issue: every article was withdrawn', { issue: formatIssueName(issue) });
  return issues.advance(issue, { state: 'discarded' });
};

export const readPlannedDraft = async (
  { buckets }: Pick<ComposeIssueServices, 'buckets'>,
  issue: Issue,
): Promise<z.infer<typeof plannedDraftSchema>> => {
  const key = formatDraftKey(issue, issue.draft ?? '');
  const draft = await readJsonObject(buckets.internal, key, plannedDraftSchema);
  if (!draft) throw new Error(`the draft ${key} is missing from the internal bucket`);
  return draft;
};
