import { z } from 'zod';
import type { FullEntry } from '../../entry.ts';
import { toFeedId } from '../../feed/feed-id.ts';
import { type Cadence, cadences, type Publication } from '../../publication.ts';
import { sitePaths } from '../../site-paths.ts';
import { truncate } from '../../text/truncate.ts';
import { buildElement, printElement } from '../../text/xml.ts';
import { formatIssueName, type IssueSummary } from './issue-record.ts';

/** What the feed of issues takes from an issue's JSON document. */
export const issueJsonSchema = z.object({
  items: z.array(z.object({ url: z.string(), title: z.string(), summary: z.string() })),
});
export type IssueJson = z.infer<typeof issueJsonSchema>;

const maxSummaryLength = 300;

/** An issue as an entry of the feed of issues: the titles of its articles with their summaries. */
export const buildIssueEntry = (
  publication: Publication,
  line: IssueSummary,
  { items }: IssueJson,
): FullEntry => {
  const name = formatIssueName(line);
  const lines = items.map(({ url, title, summary }) => ({
    html: [
      buildElement('h2', {}, [buildElement('a', { href: url }, [title])]),
      buildElement('p', {}, [summary]),
    ]
      .map(printElement)
      .join(''),
    text: `${title}\n\n${summary}\n\n${url}`,
  }));
  return {
    id: toFeedId(publication, sitePaths.issue(name, 'html')),
    slug: name,
    title: line.subject,
    summary: truncate(items.map(({ title }) => title).join(' · ') || line.subject, maxSummaryLength),
    authors: [],
    editors: [],
    topics: [],
    published: line.at,
    dateOnly: false,
    updated: setDistinctMillisecond(line.at, line.cadence),
    wordCount: 0,
    email: false,
    revision: name,
    bodyKey: '',
    html: lines.map(({ html }) => html).join(''),
    text: lines.map(({ text }) => text).join('\n\n'),
  };
};

/** The issues of two cadences are often dated alike; RFC 4287 advises a distinct `updated` per entry. */
const setDistinctMillisecond = (at: string, cadence: Cadence): string =>
  new Date(Date.parse(at) + cadences.indexOf(cadence)).toISOString();
