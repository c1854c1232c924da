import type { FullEntry } from '../../core/entry.ts';
import { buildAtom } from '../../core/feed/build-atom.ts';
import { buildJsonFeed } from '../../core/feed/build-json-feed.ts';
import { buildRss } from '../../core/feed/build-rss.ts';
import { feedId } from '../../core/feed/feed-id.ts';
import type { FeedInput } from '../../core/feed/feed-input.ts';
import { issueDocumentSchema, issueEntry } from '../../core/newsletter/issue-entry.ts';
import { newsletterPaths } from '../../core/newsletter/paths.ts';
import { type IssueLine, issueName } from '../../core/newsletter/records.ts';
import { dayOf } from '../../core/page/moment.ts';
import { renderIssuesPage } from '../../core/page/render-issues-page.ts';
import { readWords } from '../../core/page/words.ts';
import { inParallel } from '../in-parallel.ts';
import { type Draft, draft, keyOf } from '../write-documents.ts';
import type { Round } from './round.ts';

/** Issues on the first page of their archive. */
const shown = 100;

/** The archive of issues and its feeds. The issues themselves are not made here: they are frozen. */
export const issueDrafts = async (round: Round): Promise<Draft[]> => {
  const { issues: store, publication } = round.services;
  const [latest, [oldest]] = await Promise.all([
    store.lines({ newestFirst: true, limit: Math.max(shown, publication.feedSize) }),
    store.lines({ limit: 1 }),
  ]);
  const years = yearsBetween(latest[0], oldest, (line) => Number(dayOf(line.at, publication).slice(0, 4)));
  const page = { issues: latest.slice(0, shown), years };
  const ofYears = await inParallel(years, async (year): Promise<Draft> => {
    const [newest] = await store.lines({ year, newestFirst: true, limit: 1 });
    const make = async () => {
      const issues = await store.lines({ year, newestFirst: true });
      return renderIssuesPage(round.context, { issues, years, year });
    };
    return draft(newsletterPaths.issuesOf(year), { years, newest }, make);
  });
  return [
    draft(newsletterPaths.issues, page, () => renderIssuesPage(round.context, page)),
    ...ofYears,
    ...feeds(round, latest.slice(0, publication.feedSize)),
  ];
};

/** Newest first, with every year in between. */
const yearsBetween = (
  newest: IssueLine | undefined,
  oldest: IssueLine | undefined,
  yearOf: (line: IssueLine) => number,
): string[] => {
  if (!newest || !oldest) return [];
  const last = yearOf(newest);
  return Array.from({ length: last - yearOf(oldest) + 1 }, (_, back) => String(last - back));
};

const feeds = (round: Round, issues: readonly IssueLine[]): Draft[] => {
  const { services, since, context } = round;
  const { publication, site } = services;
  const paths = newsletterPaths.issueFeeds;
  const inputs = { issues, since };
  let read: Promise<FullEntry[]> | undefined;
  const entries = () => {
    read ??= inParallel(issues, (line) => readIssue(round, line));
    return read;
  };
  const whole = async (): Promise<FeedInput> => ({
    publication,
    site,
    title: `${publication.title}: ${readWords(context).issues}`,
    description: publication.description,
    page: newsletterPaths.issues,
    paths,
    feedId: feedId(publication, newsletterPaths.issues),
    entries: await entries(),
    withdrawn: [],
    since,
    pathOf: ({ slug }) => newsletterPaths.issue(slug, 'html'),
  });
  return [
    draft(paths.rss, inputs, async () => buildRss(await whole())),
    draft(paths.atom, inputs, async () => buildAtom(await whole())),
    draft(paths.json, inputs, async () => buildJsonFeed(await whole())),
  ];
};

const readIssue = async ({ services }: Round, line: IssueLine): Promise<FullEntry> => {
  const { buckets, publication } = services;
  const key = keyOf(newsletterPaths.issue(issueName(line), 'json'));
  const object = await buckets.site.get(key);
  if (!object?.bytes) throw new Error(`the issue ${key} is missing from the site bucket`);
  const document = issueDocumentSchema.parse(JSON.parse(new TextDecoder().decode(object.bytes)));
  return issueEntry(publication, line, document);
};
