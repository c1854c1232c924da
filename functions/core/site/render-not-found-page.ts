import { selectPageMessages } from '../messages.ts';
import { sitePaths } from '../site-paths.ts';
import { findTextDirection } from '../text/language.ts';
import type { PageContext } from './page-context.ts';
import { renderDocument } from './render-document.ts';

const links = { homeLink: sitePaths.home, archiveLink: sitePaths.archive, topicsLink: sitePaths.topics };

/** Shown at any address that does not exist, so it has none of its own. */
export const renderNotFoundPage = (context: PageContext): string => {
  const messages = selectPageMessages(context);
  return renderDocument(
    context,
    'not-found',
    { title: messages.notFound, description: messages.notFoundLede },
    { heading: messages.notFound, lede: messages.notFoundLede, ...links },
  );
};

/**
 * Shown at the address of a withdrawn article. It says nothing of what the article was, and has nothing that a new
 * title or style would change: a withdrawn article is in no list by which pages are renewed.
 */
export const renderGonePage = (context: PageContext): string => {
  const { language } = context.publication;
  return context.render('page/gone.html', {
    messages: selectPageMessages(context),
    language,
    direction: findTextDirection(language),
    home: links.homeLink,
  });
};
