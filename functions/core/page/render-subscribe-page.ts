import type { Named } from '../entry.ts';
import { cadencesOf } from '../publication.ts';
import { addressOf, sitePaths } from '../site-paths.ts';
import { linkTo, renderDocument } from './document.ts';
import { viewSignUpForm } from './sign-up-form.ts';
import type { SitePage } from './site-page.ts';
import { readWords } from './words.ts';

/** Explains feeds to those who never used one, gives their addresses, and offers the digest. */
export const renderSubscribePage = (context: SitePage, topics: readonly Named[]): string => {
  const { publication, site, signUp } = context;
  const words = readWords(context);
  const { rss, atom, json } = sitePaths.feeds;
  const cadences = cadencesOf(publication).map((cadence) => ({
    name: words[cadence],
    href: linkTo(sitePaths.nextDigest(cadence, 'html')),
  }));
  return renderDocument(
    context,
    'subscribe',
    {
      title: words.subscribe,
      description: words.subscribeLede,
      path: sitePaths.subscribe,
    },
    {
      feeds: [
        { id: 'feed-rss', name: 'RSS', hint: words.rssHint, address: addressOf(site, rss) },
        { id: 'feed-atom', name: 'Atom', hint: words.atomHint, address: addressOf(site, atom) },
        { id: 'feed-json', name: 'JSON Feed', hint: words.jsonHint, address: addressOf(site, json) },
      ],
      topics: topics.map((topic) => ({
        name: topic.name,
        href: linkTo(sitePaths.topicFeeds(topic).rss),
      })),
      opmlLink: linkTo(sitePaths.opml),
      cadences,
      signUp,
      form: viewSignUpForm(context),
    },
  );
};
