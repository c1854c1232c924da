import { selectPageMessages } from '../messages.ts';
import { selectScheduledCadences } from '../publication.ts';
import { sitePaths } from '../site-paths.ts';
import { formatMonth } from '../text/format-date.ts';
import type { PageContext } from './page-context.ts';
import { renderDocument, toHref } from './render-document.ts';

export interface ArchiveMonth {
  readonly month: string;
  readonly count?: number;
}

/** Months by year, in the given order. */
export const listYears = (months: readonly ArchiveMonth[], language: string) =>
  [...Map.groupBy(months, ({ month }) => month.slice(0, 4))].map(([year, monthsOfYear]) => ({
    year,
    months: monthsOfYear.map(({ month, count }) => ({
      name: formatMonth(month, language, false),
      href: toHref(sitePaths.month(month)),
      count: count?.toLocaleString(language),
    })),
  }));

/** All months with articles by year, in the given order (newest first). */
export const renderArchivePage = (context: PageContext, months: readonly ArchiveMonth[]): string => {
  const { publication } = context;
  const { language } = publication;
  const messages = selectPageMessages(context);
  return renderDocument(
    context,
    'archive',
    {
      title: messages.archive,
      description: `${messages.archive} · ${publication.description}`,
      path: sitePaths.archive,
    },
    {
      issuesLink: selectScheduledCadences(publication).length > 0 ? toHref(sitePaths.issues) : undefined,
      years: listYears(months, language),
    },
  );
};
