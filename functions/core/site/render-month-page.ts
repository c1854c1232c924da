import type { Entry } from '../entry.ts';
import { sitePaths } from '../site-paths.ts';
import { formatMonth } from '../text/format-date.ts';
import { buildEntryView } from './entry-view.ts';
import type { PageContext } from './page-context.ts';
import { buildPartView, type PagePart } from './part-links.ts';
import { renderDocument, toHref } from './render-document.ts';

/** One part of a calendar month's articles, in the order to show. */
export interface MonthPage extends PagePart {
  readonly month: string;
  readonly entries: readonly Entry[];
  /** The nearest months before and after that have articles. */
  readonly previous?: string;
  readonly next?: string;
}

export const renderMonthPage = (context: PageContext, page: MonthPage): string => {
  const { publication } = context;
  const { language } = publication;
  const { month, part } = page;
  const view = buildPartView(context, page, (other) => sitePaths.month(month, other));
  const toMonthLink = (other: string | undefined) =>
    other && { name: formatMonth(other, language, true), href: toHref(sitePaths.month(other)) };
  const title = formatMonth(month, language, true);
  return renderDocument(
    context,
    'month',
    {
      title: part === 1 ? title : `${title}, ${view.label}`,
      description: `${title} · ${publication.description}`,
      path: sitePaths.month(month, part),
      ...(view.previous !== undefined && { previous: view.previous }),
      ...(view.next !== undefined && { next: view.next }),
    },
    {
      title,
      part: view.label,
      entries: page.entries.map((entry) => buildEntryView(entry, publication)),
      parts: view.links,
      previous: toMonthLink(page.previous),
      next: toMonthLink(page.next),
      hasNeighbours: page.previous !== undefined || page.next !== undefined,
      archiveLink: sitePaths.archive,
    },
  );
};
