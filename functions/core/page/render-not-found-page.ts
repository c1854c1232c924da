import { sitePaths } from '../site-paths.ts';
import { renderDocument } from './document.ts';
import type { PageContext } from './site-page.ts';
import { selectPageMessages } from './words.ts';

/** The page for an address that leads nowhere. It stands at any address, so it has none of its own. */
export const renderNotFoundPage = (context: PageContext): string => {
  const words = selectPageMessages(context);
  return renderDocument(
    context,
    'not-found',
    { title: words.notFound, description: words.notFoundLede },
    { homeLink: sitePaths.home, archiveLink: sitePaths.archive, topicsLink: sitePaths.topics },
  );
};
