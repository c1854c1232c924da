import type { TopicOrAuthor } from '../entry.ts';
import { selectPageMessages } from '../messages.ts';
import { selectScheduledCadences } from '../publication.ts';
import { sitePaths, toSiteUrl } from '../site-paths.ts';
import type { PageContext } from './page-context.ts';
import { renderDocument, toHref } from './render-document.ts';
import { buildSignUpFormView } from './sign-up-form.ts';

export const renderSubscribePage = (context: PageContext, topics: readonly TopicOrAuthor[]): string => {
  const { publication, site, hasSignUp } = context;
  const messages = selectPageMessages(context);
  const { rss, atom, json } = sitePaths.feeds;
  const cadences = selectScheduledCadences(publication).map((cadence) => ({
    name: messages[cadence],
    href: toHref(sitePaths.nextDigest(cadence, 'html')),
  }));
  return renderDocument(
    context,
    'subscribe',
    { title: messages.subscribe, description: messages.subscribeLede, path: sitePaths.subscribe },
    {
      feeds: [
        { id: 'feed-rss', name: 'RSS', hint: messages.rssHint, address: toSiteUrl(site, rss) },
        { id: 'feed-atom', name: 'Atom', hint: messages.atomHint, address: toSiteUrl(site, atom) },
        { id: 'feed-json', name: 'JSON Feed', hint: messages.jsonHint, address: toSiteUrl(site, json) },
      ],
      topics: topics.map((topic) => ({ name: topic.name, href: toHref(sitePaths.topicFeeds(topic).rss) })),
      opmlLink: toHref(sitePaths.opml),
      cadences,
      hasSignUp,
      form: buildSignUpFormView(context, 'subscribe'),
    },
  );
};
