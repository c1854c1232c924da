import type { FullEntry } from '../entry.ts';
import { selectPageMessages } from '../messages.ts';
import { renderPortableBody } from '../picture-captions.ts';
import { sitePaths } from '../site-paths.ts';
import { addHeadingTargets } from './add-heading-targets.ts';
import { buildEntryView } from './entry-view.ts';
import type { PageContext } from './page-context.ts';
import { renderArticleBody } from './render-article-body.ts';
import { type PreviewBar, renderDocument, toHref } from './render-document.ts';

/** A page that shows an entry as feed readers do: in their list, and opened. */
export const renderPreviewEntry = (
  context: PageContext,
  entry: FullEntry,
  { id, bar }: { readonly id: string; readonly bar: PreviewBar },
): string => {
  const { publication } = context;
  const authors = entry.authors.length > 0 ? entry.authors : [publication.author];
  return renderDocument(
    context,
    'preview-entry',
    { title: entry.title, description: entry.summary, preview: bar },
    {
      ...buildEntryView(entry, publication),
      source: publication.title,
      names: new Intl.ListFormat(publication.language).format(authors.map(({ name }) => name)),
      topics: entry.topics,
      body: renderArticleBody(addHeadingTargets(renderPortableBody(entry)), selectPageMessages(context)),
      dataLink: toHref(sitePaths.preview(id, 'atom.xml')),
    },
  );
};
