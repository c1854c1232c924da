import type { Entry } from '../entry.ts';
import { findTextDirection } from '../language.ts';
import { buildListHeaders, buildUnsubscribeHeaders } from '../newsletter/list-headers.ts';
import { interpolate, selectPageMessages } from '../page/words.ts';
import type { Cadence } from '../publication.ts';
import { sitePaths, toSiteUrl } from '../site-paths.ts';
import { selectEmailMessages } from './mail-words.ts';
import { type EmailContent, type EmailContext, renderEmail } from './write-note.ts';

export interface WelcomeEmailInput {
  readonly cadence: Cadence;
  /** The latest articles, newest first. */
  readonly entries: readonly Entry[];
  readonly links: { readonly unsubscribe: string; readonly preferences: string };
}

/** The first mail of a confirmed subscription: it is one of the list, and can be left from. */
export const renderWelcomeEmail = (
  desk: EmailContext,
  { cadence, entries, links }: WelcomeEmailInput,
): EmailContent => {
  const { publication, site } = desk;
  const words = selectEmailMessages(desk);
  const names = { publication: publication.title };
  return renderEmail(
    {
      subject: interpolate(words.welcomeSubject, names),
      before: [
        interpolate(words.welcome, { digest: selectPageMessages(desk)[cadence] }),
        ...(entries.length > 0 ? [words.welcomeNext] : []),
      ],
      after: [],
      articles: entries.map((entry) => {
        const language = entry.language ?? publication.language;
        return {
          title: entry.title,
          summary: entry.summary,
          address: toSiteUrl(site, sitePaths.article(entry)),
          language,
          direction: findTextDirection(language),
        };
      }),
      why: interpolate(words.whyWelcome, names),
      links,
      headers: {
        ...buildListHeaders(publication, site),
        ...buildUnsubscribeHeaders(links.unsubscribe),
        'Auto-Submitted': 'auto-generated',
      },
    },
    desk,
  );
};
