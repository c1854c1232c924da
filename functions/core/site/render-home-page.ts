import { type Entry, putFeaturedFirst, type TopicOrAuthor } from '../entry.ts';
import { sitePaths } from '../site-paths.ts';
import { formatDate, formatMonth } from '../text/format-date.ts';
import { buildEntryView, toTopicLink } from './entry-view.ts';
import type { PageContext } from './page-context.ts';
import { renderDocument, toHref } from './render-document.ts';

/** Entries and months (such as `2023-12`) newest first. */
export interface HomePage {
  readonly latest: readonly Entry[];
  readonly months: readonly string[];
  readonly topics: readonly TopicOrAuthor[];
}

/** Where no article is featured, the lead is the first of the newest that has an image. */
const maxLeadCandidates = 5;

/** As many as are as high as a lead with its image; a lead without an image has the whole width. */
const storiesBesideLead = 3;

const selectLead = (latest: readonly Entry[]): Entry | undefined =>
  latest.find(({ featured }) => featured) ?? latest.slice(0, maxLeadCandidates).find(({ image }) => image) ?? latest[0];

const maxMonths = 12;
export const maxHomeTopics = 24;

export const renderHomePage = (context: PageContext, { latest, months, topics }: HomePage): string => {
  const { publication } = context;
  const lead = selectLead(latest);
  const others = putFeaturedFirst(latest).filter((entry) => entry !== lead);
  const rest = others.map((entry) => buildEntryView(entry, publication));
  const beside = lead?.image ? storiesBesideLead : 0;
  return renderDocument(
    context,
    'home',
    {
      description: publication.description,
      path: sitePaths.home,
      isHome: true,
      newestDate: latest[0] && formatDate(latest[0].published, publication, true),
    },
    {
      lead: lead && buildEntryView(lead, publication),
      besideLead: rest.slice(0, beside),
      rest: rest.slice(beside),
      topics: topics.slice(0, maxHomeTopics).map(toTopicLink),
      months: months.slice(0, maxMonths).map((month) => ({
        name: formatMonth(month, publication.language, true),
        href: toHref(sitePaths.month(month)),
      })),
      topicsLink: sitePaths.topics,
      archiveLink: sitePaths.archive,
      subscribeLink: sitePaths.subscribe,
    },
  );
};
