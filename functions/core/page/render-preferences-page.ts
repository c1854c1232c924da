import { newsletterPaths } from '../newsletter/paths.ts';
import type { Subscriber } from '../newsletter/records.ts';
import { cadencesOf } from '../publication.ts';
import { linkTo, renderDocument } from './document.ts';
import type { SitePage } from './site-page.ts';
import { readSubscriptionWords } from './subscription-words.ts';
import { readWords } from './words.ts';

export interface Preferences {
  readonly subscriber: Subscriber & { readonly state: 'active' };
  /** Opens this page, exports and erases. */
  readonly token: string;
  readonly leaveToken: string;
  /** Where the reader is asked once more before they are erased. */
  readonly eraseLink: string;
  /** The reader has just chosen. */
  readonly saved: boolean;
}

/** What a reader may choose: the publication's cadences, and none for a while. */
export const choicesOf = ({ publication }: Pick<SitePage, 'publication'>) => [
  ...cadencesOf(publication),
  'pause' as const,
];

/** Shows an active reader what they chose, and lets them change it, leave, or see and erase what is kept of them. */
export const renderPreferencesPage = (context: SitePage, preferences: Preferences): string => {
  const { subscriber, token, leaveToken, eraseLink, saved } = preferences;
  const words = readWords(context);
  const subscription = readSubscriptionWords(context);
  const chosen = subscriber.paused ? 'pause' : subscriber.cadence;
  return renderDocument(
    context,
    'preferences',
    { title: subscription.preferencesHeading, description: subscription.preferencesHeading },
    {
      subscription,
      email: subscriber.email,
      choices: choicesOf(context).map((choice) => ({
        choice,
        name: choice === 'pause' ? subscription.pause : words[choice],
        chosen: choice === chosen,
      })),
      token,
      leaveToken,
      saved,
      eraseLink,
      actions: {
        preferences: linkTo(newsletterPaths.preferences),
        unsubscribe: linkTo(newsletterPaths.unsubscribe),
        export: linkTo(newsletterPaths.export),
      },
    },
  );
};
