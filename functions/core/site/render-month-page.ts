import type { Entry } from '../entry.ts';
import { selectPageMessages } from '../messages.ts';
import { sitePaths } from '../site-paths.ts';
import { formatMonth } from '../text/format-date.ts';
import { interpolate } from '../text/interpolate.ts';
import { buildEntryView } from './entry-view.ts';
import type { PageContext } from './page-context.ts';
import { renderDocument, toHref } from './render-document.ts';

/** One part of a calendar month's articles, in the order to show. */
export interface MonthPage {
  readonly month: string;
  readonly part: number;
  readonly parts: number;
  readonly entries: readonly Entry[];
  /** The nearest months before and after that have articles. */
  readonly previous?: string;
  readonly next?: string;
}

export const renderMonthPage = (context: PageContext, page: MonthPage): string => {
  const { publication } = context;
  const { language } = publication;
  const { month, part, parts } = page;
  const messages = selectPageMessages(context);
  const formatPart = (number: number): string =>
    interpolate(messages.part, { part: number.toLocaleString(language), parts: parts.toLocaleString(language) });
  const toPartLink = (number: number) => ({
    name: number.toLocaleString(language),
    label: formatPart(number),
    href: toHref(sitePaths.month(month, number)),
    isCurrent: number === part,
  });
  const toMonthLink = (other: string | undefined) =>
    other && { name: formatMonth(other, language, true), href: toHref(sitePaths.month(other)) };
  const title = formatMonth(month, language, true);
  return renderDocument(
    context,
    'month',
    {
      title: part === 1 ? title : `${title}, ${formatPart(part)}`,
      description: `${title} · ${publication.description}`,
      path: sitePaths.month(month, part),
      ...(part > 1 ? { previous: sitePaths.month(month, part - 1) } : {}),
      ...(part < parts ? { next: sitePaths.month(month, part + 1) } : {}),
    },
    {
      title,
      part: parts > 1 ? formatPart(part) : undefined,
      entries: page.entries.map((entry) => buildEntryView(entry, publication)),
      parts: parts === 1 ? [] : Array.from({ length: parts }, (_, index) => toPartLink(index + 1)),
      previous: toMonthLink(page.previous),
      next: toMonthLink(page.next),
      hasNeighbours: page.previous !== undefined || page.next !== undefined,
      archiveLink: sitePaths.archive,
    },
  );
};
