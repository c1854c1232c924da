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

/** As many as stand as high as the lead. */
const storiesBeside = (lead: Entry | undefined): number => (lead?.image ? 4 : 2);
const monthsShown = 12;
const topicsShown = 24;

/** The front page: a lead story, a few beside it, the rest below. */
export const renderHomePage = (context: SitePage, { latest, months, topics }: HomePage): string => {
  const { publication } = context;
  const beside = storiesBeside(latest[0]);
  const [lead, ...rest] = latest.map((entry) => viewEntry(entry, publication));
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
      lead,
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
