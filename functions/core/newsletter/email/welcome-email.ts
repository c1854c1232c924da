import type { Entry } from '../../entry.ts';
import type { Cadence } from '../../publication.ts';
import { interpolate, selectPageMessages } from '../../site/page-messages.ts';
import { sitePaths, toSiteUrl } from '../../site-paths.ts';
import { findTextDirection } from '../../text/language.ts';
import { buildListHeaders, buildUnsubscribeHeaders } from './email-headers.ts';
import { selectEmailMessages } from './email-messages.ts';
import { type EmailContent, type EmailContext, renderEmail } from './render-email.ts';

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
