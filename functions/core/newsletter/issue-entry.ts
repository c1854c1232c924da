import { z } from 'zod';
import { clip } from '../digest/clip.ts';
import type { FullEntry } from '../entry.ts';
import { feedId } from '../feed/feed-id.ts';
import { element, escapeText, textElement } from '../feed/xml.ts';
import { type Cadence, cadences, type Publication } from '../publication.ts';
import { newsletterPaths } from './paths.ts';
import { type IssueLine, issueName } from './records.ts';

/** What the feed of issues takes from an issue's JSON document. */
export const issueDocumentSchema = z.object({
  items: z.array(z.object({ url: z.string(), title: z.string(), summary: z.string() })),
});
export type IssueDocument = z.infer<typeof issueDocumentSchema>;

const summaryLimit = 300;

/** An issue as an entry of the feed of issues: the titles of its articles with their summaries. */
export const issueEntry = (
  publication: Publication,
  line: IssueLine,
  { items }: IssueDocument,
): FullEntry => {
  const name = issueName(line);
  const lines = items.map(({ url, title, summary }) => ({
    html: `${element('h2', {}, element('a', { href: url }, escapeText(title)))}${textElement('p', summary)}`,
    text: `${title}\n\n${summary}\n\n${url}`,
  }));
  return {
    id: feedId(publication, newsletterPaths.issue(name, 'html')),
    slug: name,
    title: line.subject,
    summary: clip(items.map(({ title }) => title).join(' · ') || line.subject, summaryLimit),
    authors: [],
    editors: [],
    topics: [],
    published: line.at,
    dateOnly: false,
    updated: withOwnMillisecond(line.at, line.cadence),
    words: 0,
    email: false,
    revision: name,
    body: '',
    html: lines.map(({ html }) => html).join(''),
    text: lines.map(({ text }) => text).join('\n\n'),
  };
};

/** The issues of two cadences are often dated alike; RFC 4287 advises a distinct `updated` per entry. */
const withOwnMillisecond = (at: string, cadence: Cadence): string =>
  new Date(Date.parse(at) + cadences.indexOf(cadence)).toISOString();
