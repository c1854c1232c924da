import { createBodyReader } from '../adapters/body-reader.ts';
import type { FullEntry } from '../core/entry.ts';
import { buildDigest, canFitInDigest } from '../core/newsletter/digest/build-digest.ts';
import { readerPlaceholders } from '../core/newsletter/email/placeholders.ts';
import type { IssueDraft } from '../core/newsletter/issue/issue-draft.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import type { PendingEntries } from '../core/newsletter/issue/pending-entries.ts';
import { sitePaths, toSiteUrl } from '../core/site-paths.ts';
import type { ComposeIssueServices } from './services.ts';

/** A body is missing when its article is edited between the two reads. Then both are read again. */
const maxAttempts = 3;

type PendingWithBodies = Omit<PendingEntries, 'entries'> & { readonly entries: readonly FullEntry[] };

export const buildIssueDraft = async (
  services: ComposeIssueServices,
  issue: Issue,
): Promise<(IssueDraft & { readonly articleCount: number }) | undefined> => {
  const { entries, hasMore, corrections } = await readPendingEntries(services, issue);
  if (entries.length === 0) return undefined;
  const { publication, site, render } = services;
  const digest = buildDigest({
    publication,
    site,
    render,
    cadence: issue.cadence,
    entries,
    hasMore,
    corrections,
    at: issue.at,
    links: { ...readerPlaceholders, view: formatIssueUrl(site, issue) },
  });
  const articles = [...entries, ...corrections].map(({ id, correction }) => ({
    articleId: id,
    ...(correction && { correction: correction.text }),
  }));
  return { ...digest, articles, articleCount: entries.length };
};

export const formatIssueUrl = (site: string, issue: Issue): string =>
  toSiteUrl(site, sitePaths.issue(formatIssueName(issue), 'html'));

const readPendingEntries = async (services: ComposeIssueServices, issue: Issue): Promise<PendingWithBodies> => {
  for (let attempt = 1; ; attempt += 1) {
    const pending = await services.sentArticles.listPending(issue.cadence, issue);
    const bodies = createBodyReader(services);
    try {
      const entries = await bodies.readFullEntries(pending.entries, canFitInDigest);
      return { ...pending, entries };
    } catch (error) {
      if (attempt === maxAttempts) throw error;
    }
  }
};
