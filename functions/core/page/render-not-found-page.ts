import { sitePaths } from '../site-paths.ts';
import { renderDocument } from './document.ts';
import type { SitePage } from './site-page.ts';
import { readWords } from './words.ts';

/** The page for an address that leads nowhere. It stands at any address, so it has none of its own. */
export const renderNotFoundPage = (context: SitePage): string => {
  const words = readWords(context);
  return renderDocument(
    context,
    'not-found',
    { title: words.notFound, description: words.notFoundLede },
    { homeLink: sitePaths.home, archiveLink: sitePaths.archive, topicsLink: sitePaths.topics },
  );
};
