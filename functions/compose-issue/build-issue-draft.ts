import { createBodyReader } from '../adapters/body-reader.ts';
import type { FullEntry } from '../core/entry.ts';
import { buildDigest } from '../core/newsletter/digest/build-digest.ts';
import { readerPlaceholders } from '../core/newsletter/email/placeholders.ts';
import type { IssueDraft } from '../core/newsletter/issue/issue-draft.ts';
import { formatIssueName, type Issue } from '../core/newsletter/issue/issue-record.ts';
import type { PendingEntries } from '../core/newsletter/issue/pending-entries.ts';
import { sitePaths, toSiteUrl } from '../core/site-paths.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import type { ComposeIssueServices } from './services.ts';

/** How often the articles are read anew when one is edited, and its body replaced, between two reads. */
const maxAttempts = 3;

type PendingWithBodies = Omit<PendingEntries, 'entries'> & { readonly entries: readonly FullEntry[] };

/** An issue as it is now: of its arrivals, those that are still there; undefined where none is left. */
export const buildIssueDraft = async (
  services: ComposeIssueServices,
  issue: Issue,
): Promise<(IssueDraft & { readonly articleCount: number }) | undefined> => {
  const { entries, hasMore: more, corrections } = await readPendingEntries(services, issue);
  if (entries.length === 0) return undefined;
  const { publication, site, render } = services;
  const { cadence, at } = issue;
  const links = { ...readerPlaceholders, view: formatIssueUrl(site, issue) };
  const letter = buildDigest({
    publication,
    site,
    render,
    cadence,
    entries,
    hasMore: more,
    corrections,
    at,
    links,
  });
  const articles = [...entries, ...corrections].map(({ id, correction }) => ({
    articleId: id,
    ...(correction && { correction: correction.text }),
  }));
  return { ...letter, articles, articleCount: entries.length };
};

/** The address at which an issue can be read. */
export const formatIssueUrl = (site: string, issue: Issue): string =>
  toSiteUrl(site, sitePaths.issue(formatIssueName(issue), 'html'));

const readPendingEntries = async (
  services: ComposeIssueServices,
  issue: Issue,
): Promise<PendingWithBodies> => {
  for (let attempt = 1; ; attempt += 1) {
    const waiting = await services.sentArticles.listPending(issue.cadence, issue);
    const bodies = createBodyReader(services);
    try {
      return {
        ...waiting,
        entries: await mapInParallel(waiting.entries, (entry) => bodies.readFullEntry(entry)),
      };
    } catch (error) {
      if (attempt === maxAttempts) throw error;
    }
  }
};
