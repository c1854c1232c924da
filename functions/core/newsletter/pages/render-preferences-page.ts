import { selectPageMessages, selectSubscriptionMessages } from '../../messages.ts';
import { selectCadences } from '../../publication.ts';
import type { PageContext } from '../../site/page-context.ts';
import { renderDocument, toHref } from '../../site/render-document.ts';
import { sitePaths } from '../../site-paths.ts';
import type { Subscriber } from '../subscriber/subscriber-record.ts';

export interface PreferencesPage {
  readonly subscriber: Subscriber & { readonly state: 'active' };
  readonly token: string;
  readonly unsubscribeToken: string;
  readonly dataLink: string;
  readonly saved: boolean;
  /** What was typed in as the new address, where mail cannot reach it. */
  readonly rejectedAddress?: string;
}

export const selectPreferenceChoices = ({ publication }: Pick<PageContext, 'publication'>) => [
  ...selectCadences(publication),
  'pause' as const,
];

export const renderPreferencesPage = (context: PageContext, preferences: PreferencesPage): string => {
  const { subscriber, token, unsubscribeToken, dataLink, saved, rejectedAddress } = preferences;
  const messages = selectPageMessages(context);
  const subscriptionMessages = selectSubscriptionMessages(context);
  const chosen = subscriber.paused ? 'pause' : subscriber.cadence;
  return renderDocument(
    context,
    'preferences',
    { title: subscriptionMessages.preferencesHeading, description: subscriptionMessages.preferencesHeading },
    {
      subscriptionMessages,
      email: subscriber.email,
      choices: selectPreferenceChoices(context).map((choice) => ({
        choice,
        name: choice === 'pause' ? subscriptionMessages.pause : messages[choice],
        chosen: choice === chosen,
      })),
      token,
      unsubscribeToken,
      saved,
      rejectedAddress,
      problem: rejectedAddress === undefined ? undefined : subscriptionMessages.invalidAddress,
      dataLink,
      actions: {
        preferences: toHref(sitePaths.subscriptions.preferences),
        address: toHref(sitePaths.subscriptions.address),
        unsubscribe: toHref(sitePaths.subscriptions.unsubscribe),
      },
    },
  );
};
