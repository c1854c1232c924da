import type { Entry } from '../../entry.ts';
import { selectEmailMessages, selectPageMessages } from '../../messages.ts';
import type { Cadence } from '../../publication.ts';
import { sitePaths, toSiteUrl } from '../../site-paths.ts';
import { interpolate } from '../../text/interpolate.ts';
import { findTextDirection } from '../../text/language.ts';
import { buildListHeaders, buildUnsubscribeHeaders } from './email-headers.ts';
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
  const messages = selectEmailMessages(desk);
  const names = { publication: publication.title };
  return renderEmail(
    {
      subject: interpolate(messages.welcomeSubject, names),
      before: [
        interpolate(messages.welcome, { digest: selectPageMessages(desk)[cadence] }),
        ...(entries.length > 0 ? [messages.welcomeNext] : []),
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
      reason: interpolate(messages.welcomeReason, names),
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
