import type { FullEntry } from '../entry.ts';
import { selectPageMessages } from '../messages.ts';
import { sitePaths } from '../site-paths.ts';
import { formatDate } from '../text/format-date.ts';
import { findTextDirection } from '../text/language.ts';
import { addHeadingTargets } from './add-heading-targets.ts';
import { buildEntryView } from './entry-view.ts';
import type { PageContext } from './page-context.ts';
import { renderArticleBody } from './render-article-body.ts';
import { type PreviewBar, renderDocument } from './render-document.ts';
import { renderBodyPictures } from './render-picture.ts';

/** A page of the publication's own, such as its imprint. With a preview bar it has no address. */
export const renderOwnPage = (context: PageContext, entry: FullEntry, preview?: PreviewBar): string => {
  const { publication } = context;
  const { title, foreign } = buildEntryView(entry, publication);
  return renderDocument(
    context,
    'page',
    { title, description: entry.summary, ...(preview ? { preview } : { path: sitePaths.article(entry) }) },
    {
      title,
      foreign,
      body: renderArticleBody(addHeadingTargets(renderBodyPictures(entry.html, entry)), selectPageMessages(context)),
      updated: formatDate(entry.updated, publication, true),
      siteLanguage: publication.language,
      siteDirection: findTextDirection(publication.language),
    },
  );
};
