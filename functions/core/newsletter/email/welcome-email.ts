import { formatSummary } from '../../ai-notice.ts';
import type { Entry } from '../../entry.ts';
import { selectEmailMessages, selectPageMessages } from '../../messages.ts';
import { type Cadence, isScheduled } from '../../publication.ts';
import type { RenderContext } from '../../render.ts';
import { describeTopicChoice } from '../../site/describe-topic-choice.ts';
import { sitePaths, toSiteUrl } from '../../site-paths.ts';
import { formatDate, formatTimeZone } from '../../text/format-date.ts';
import { interpolate } from '../../text/interpolate.ts';
import { findTextDirection } from '../../text/language.ts';
import { buildListHeaders, buildUnsubscribeHeaders } from './email-headers.ts';
import { type EmailContent, renderEmail } from './render-email.ts';

export interface WelcomeEmailInput {
  readonly cadence: Cadence;
  readonly topics?: readonly string[] | undefined;
  /** When the next issue is composed. */
  readonly firstIssueAt: string | undefined;
  readonly entries: readonly Entry[];
  readonly links: { readonly unsubscribe: string; readonly preferences: string };
}

const describeFirstIssue = (context: RenderContext, at: string): string =>
  interpolate(selectEmailMessages(context).welcomeFirst, {
    date: formatDate(at, context.publication, false).text,
    zone: formatTimeZone(at, context.publication),
  });

/** The first mail of a confirmed subscription. It belongs to the list, so it has the links to unsubscribe. */
export const renderWelcomeEmail = (
  context: RenderContext,
  { cadence, topics, firstIssueAt, entries, links }: WelcomeEmailInput,
): EmailContent => {
  const { publication, site } = context;
  const messages = selectEmailMessages(context);
  const values = { publication: publication.title };
  return renderEmail(
    {
      subject: interpolate(messages.welcomeSubject, values),
      before: [
        interpolate(messages.welcome, { digest: selectPageMessages(context)[cadence] }),
        ...describeTopicChoice(context, topics),
        ...(isScheduled(cadence) ? [] : [messages.welcomeImmediately]),
        ...(firstIssueAt === undefined ? [] : [describeFirstIssue(context, firstIssueAt)]),
        ...(entries.length > 0 ? [messages.welcomeNext] : []),
      ],
      after: [],
      articles: entries.map((entry) => {
        const language = entry.language ?? publication.language;
        return {
          title: entry.title,
          summary: formatSummary(entry, publication),
          address: toSiteUrl(site, sitePaths.article(entry)),
          language,
          direction: findTextDirection(language),
        };
      }),
      reason: interpolate(messages.welcomeReason, values),
      links,
      headers: {
        ...buildListHeaders(publication, site),
        ...buildUnsubscribeHeaders(publication, links.unsubscribe),
        'Auto-Submitted': 'auto-generated',
      },
    },
    context,
  );
};
