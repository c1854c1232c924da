import { selectPageMessages } from '../messages.ts';
import { sitePaths } from '../site-paths.ts';
import type { PageContext } from './page-context.ts';
import { renderDocument } from './render-document.ts';

/** The page for an address that leads nowhere. It stands at any address, so it has none of its own. */
export const renderNotFoundPage = (context: PageContext): string => {
  const messages = selectPageMessages(context);
  return renderDocument(
    context,
    'not-found',
    { title: messages.notFound, description: messages.notFoundLede },
    { homeLink: sitePaths.home, archiveLink: sitePaths.archive, topicsLink: sitePaths.topics },
  );
};
