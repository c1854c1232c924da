import type { Entry, Named } from '../entry.ts';
import { sitePaths } from '../site-paths.ts';
import { linkTo, renderDocument } from './document.ts';
import { linkTopic, viewEntry } from './entry-view.ts';
import { formatMoment, formatMonth } from './moment.ts';
import type { SitePage } from './site-page.ts';

/** What the home page shows: newest entries first, months such as `2023-12` newest first. */
export interface HomePage {
  readonly latest: readonly Entry[];
  readonly months: readonly string[];
  readonly topics: readonly Named[];
}

/** A picture may carry one of the newest articles to the top. */
const candidates = 5;

/** As many as stand as high as a lead with its picture; a lead without one has the page's whole width. */
const storiesBeside = 3;

const chooseLead = (latest: readonly Entry[]): Entry | undefined =>
  latest.slice(0, candidates).find(({ image }) => image) ?? latest[0];

const monthsShown = 12;
const topicsShown = 24;

/** The front page: a lead story, a few beside it, the rest below, newest first. */
export const renderHomePage = (context: SitePage, { latest, months, topics }: HomePage): string => {
  const { publication } = context;
  const lead = chooseLead(latest);
  const rest = latest.filter((entry) => entry !== lead).map((entry) => viewEntry(entry, publication));
  const beside = lead?.image ? storiesBeside : 0;
  return renderDocument(
    context,
    'home',
    {
      description: publication.description,
      path: sitePaths.home,
      home: true,
      newest: latest[0] && formatMoment(latest[0].published, publication, true),
    },
    {
      lead: lead && viewEntry(lead, publication),
      beside: rest.slice(0, beside),
      rest: rest.slice(beside),
      topics: topics.slice(0, topicsShown).map(linkTopic),
      months: months.slice(0, monthsShown).map((month) => ({
        name: formatMonth(month, publication.language, true),
        href: linkTo(sitePaths.month(month)),
      })),
      topicsLink: sitePaths.topics,
      archiveLink: sitePaths.archive,
      subscribeLink: sitePaths.subscribe,
    },
  );
};
