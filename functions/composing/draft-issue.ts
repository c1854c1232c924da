import { buildDigest } from '../core/digest/build-digest.ts';
import type { FullEntry } from '../core/entry.ts';
import { type IssueDraft, readerLinks } from '../core/newsletter/issue-draft.ts';
import { newsletterPaths } from '../core/newsletter/paths.ts';
import { type Issue, issueName } from '../core/newsletter/records.ts';
import type { Waiting } from '../core/newsletter/waiting.ts';
import { addressOf } from '../core/site-paths.ts';
import { createBodyReader } from '../publishing/body-reader.ts';
import { inParallel } from '../publishing/in-parallel.ts';
import type { ComposingServices } from './services.ts';

/** How often the articles are read anew when one is edited, and its body replaced, between two reads. */
const attempts = 3;

type Filled = Omit<Waiting, 'entries'> & { readonly entries: readonly FullEntry[] };

/** An issue as it is now: of its arrivals, those that are still there; undefined where none is left. */
export const draftIssue = async (
  services: ComposingServices,
  issue: Issue,
): Promise<(IssueDraft & { readonly articles: number }) | undefined> => {
  const { entries, more, corrections } = await fill(services, issue);
  if (entries.length === 0) return undefined;
  const { publication, site, render } = services;
  const { cadence, at } = issue;
  const links = { ...readerLinks, view: viewOf(site, issue) };
  const letter = buildDigest({ publication, site, render, cadence, entries, more, corrections, at, links });
  const carries = [...entries, ...corrections].map(({ id, correction }) => ({
    article: id,
    ...(correction && { correction: correction.text }),
  }));
  return { ...letter, carries, articles: entries.length };
};

/** The address at which an issue can be read. */
export const viewOf = (site: string, issue: Issue): string =>
  addressOf(site, newsletterPaths.issue(issueName(issue), 'html'));

const fill = async (services: ComposingServices, issue: Issue): Promise<Filled> => {
  for (let attempt = 1; ; attempt += 1) {
    const waiting = await services.issues.waiting(issue.cadence, issue);
    const bodies = createBodyReader(services);
    try {
      return { ...waiting, entries: await inParallel(waiting.entries, (entry) => bodies.full(entry)) };
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
};
