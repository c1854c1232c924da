import { fingerprint } from '../core/identity.ts';
import { type Issue, issueName } from '../core/newsletter/records.ts';
import { deskFolders } from '../runtime/contract.ts';
import { draftIssue } from './draft-issue.ts';
import type { ComposingServices } from './services.ts';

/** Where a draft lies in the desk bucket: each under a name of its own, so that none takes another's place. */
export const draftKey = (issue: Issue, draft: string): string =>
  `${deskFolders.drafts}${issueName(issue)}-${draft}.json`;

/**
 * Settles what an issue says. Two calls at once may draft it differently, when an article was edited or withdrawn in
 * between: the one whose write to the issue's record comes first decides.
 */
export const freezeIssue = async (services: ComposingServices, issue: Issue): Promise<Issue | undefined> => {
  const draft = await draftIssue(services, issue);
  if (!draft) return discardEmpty(services, issue);
  const { articles, ...paper } = draft;
  const body = JSON.stringify(paper);
  const name = fingerprint(body);
  await services.buckets.desk.put(draftKey(issue, name), body, { contentType: 'application/json' });
  return services.issues.advance(issue, { state: 'frozen', draft: name, subject: draft.subject, articles });
};

/** Every article was withdrawn: the number goes to the next issue. */
export const discardEmpty = async (
  { issues, log }: ComposingServices,
  issue: Issue,
): Promise<Issue | undefined> => {
  log.info('no issue: every article was withdrawn', { issue: issueName(issue) });
  return issues.advance(issue, { state: 'discarded' });
};
