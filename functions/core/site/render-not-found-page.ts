import { sitePaths } from '../site-paths.ts';
import type { PageContext } from './page-context.ts';
import { selectPageMessages } from './page-messages.ts';
import { renderDocument } from './render-document.ts';

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
