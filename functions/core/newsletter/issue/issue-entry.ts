import * as z from 'zod';
import type { FullEntry } from '../../entry.ts';
import { toFeedId } from '../../identity.ts';
import { type Cadence, cadences, type Publication } from '../../publication.ts';
import { sitePaths } from '../../site-paths.ts';
import { truncate } from '../../text/truncate.ts';
import { buildElement, printElement } from '../../text/xml.ts';
import { formatIssueName, type IssueSummary } from './issue-record.ts';

export const issueJsonSchema = z.object({
  introduction: z.object({ html: z.string(), text: z.string() }).exactOptional(),
  items: z.array(z.object({ url: z.string(), title: z.string(), summary: z.string() })),
});
export type IssueJson = z.infer<typeof issueJsonSchema>;

const maxSummaryLength = 300;

export const buildIssueEntry = (publication: Publication, issue: IssueSummary, issueJson: IssueJson): FullEntry => {
  const { items, introduction } = issueJson;
  const name = formatIssueName(issue);
  const articles = items.map(({ url, title, summary }) => ({
    html: [buildElement('h2', {}, [buildElement('a', { href: url }, [title])]), buildElement('p', {}, [summary])]
      .map(printElement)
      .join(''),
    text: `${title}\n\n${summary}\n\n${url}`,
  }));
  return {
    id: toFeedId(publication, sitePaths.issue(name, 'html')),
    slug: name,
    title: issue.subject,
    summary: truncate(items.map(({ title }) => title).join(' · ') || issue.subject, maxSummaryLength),
    authors: [],
    editors: [],
    topics: [],
    published: issue.at,
    dateOnly: false,
    updated: setDistinctMillisecond(issue.at, issue.cadence),
    wordCount: 0,
    email: false,
    revision: name,
    bodyKey: '',
    bodyLength: 0,
    html: (introduction?.html ?? '') + articles.map(({ html }) => html).join(''),
    text: [introduction?.text ?? [], ...articles.map(({ text }) => text)].flat().join('\n\n'),
  };
};

/** Issues of two cadences often have the same instant; RFC 4287 advises a distinct `updated` for each entry. */
const setDistinctMillisecond = (at: string, cadence: Cadence): string =>
  new Date(Date.parse(at) + cadences.indexOf(cadence)).toISOString();
