import { selectPageMessages } from '../messages.ts';
import { sitePaths } from '../site-paths.ts';
import type { PageContext } from './page-context.ts';
import { type ArchiveMonth, listYears } from './render-archive-page.ts';
import { renderDocument, toHref } from './render-document.ts';

export interface SearchablePage {
  /** Newest first. */
  readonly months: readonly ArchiveMonth[];
  /** Names of the files of the search index, newest first. */
  readonly indexes: readonly string[];
  /** Where the page's script is: without it, there is a list of months alone. */
  readonly script: string | undefined;
}

export const renderSearchPage = (context: PageContext, { months, indexes, script }: SearchablePage): string => {
  const { publication } = context;
  const messages = selectPageMessages(context);
  return renderDocument(
    context,
    'search',
    {
      title: messages.search,
      description: `${messages.search} · ${publication.description}`,
      path: sitePaths.search,
      ...(script !== undefined && { script }),
    },
    {
      script,
      searchLink: toHref(sitePaths.search),
      indexes: indexes.map((name) => toHref(sitePaths.searchIndex(name))).join(' '),
      years: listYears(months, publication.language),
    },
  );
};
