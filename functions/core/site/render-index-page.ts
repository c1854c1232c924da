import type { TopicOrAuthor } from '../entry.ts';
import { selectPageMessages } from '../messages.ts';
import { sitePaths } from '../site-paths.ts';
import { compareStrings } from '../text/compare-strings.ts';
import { toAuthorLink, toTopicLink } from './entry-view.ts';
import type { PageContext } from './page-context.ts';
import { renderDocument } from './render-document.ts';

export interface IndexPage {
  readonly kind: 'topic' | 'author';
  readonly names: readonly (TopicOrAuthor & { readonly count?: number })[];
}

export const renderIndexPage = (context: PageContext, { kind, names }: IndexPage): string => {
  const { publication } = context;
  const { language } = publication;
  const messages = selectPageMessages(context);
  const title = kind === 'topic' ? messages.topics : messages.authors;
  const { compare } = new Intl.Collator(language, { numeric: true });
  const link = kind === 'topic' ? toTopicLink : toAuthorLink;
  return renderDocument(
    context,
    'index',
    {
      title,
      description: `${title} · ${publication.description}`,
      path: kind === 'topic' ? sitePaths.topics : sitePaths.authors,
    },
    {
      title,
      names: names
        .toSorted((a, b) => compare(a.name, b.name) || compareStrings(a.slug, b.slug))
        .map((named) => ({ ...link(named), count: named.count?.toLocaleString(language) })),
    },
  );
};
