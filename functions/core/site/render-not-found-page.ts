import { selectPageMessages } from '../messages.ts';
import { sitePaths } from '../site-paths.ts';
import type { PageContext } from './page-context.ts';
import { renderDocument } from './render-document.ts';

/** Shown at any address that does not exist, so it has none of its own. */
export const renderNotFoundPage = (context: PageContext): string => {
  const messages = selectPageMessages(context);
  return renderDocument(
    context,
    'not-found',
    { title: messages.notFound, description: messages.notFoundLede },
    { homeLink: sitePaths.home, archiveLink: sitePaths.archive, topicsLink: sitePaths.topics },
  );
};
