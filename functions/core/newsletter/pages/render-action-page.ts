import { selectPageMessages, selectSubscriptionMessages } from '../../messages.ts';
import type { Cadence } from '../../publication.ts';
import { describeTopicChoice } from '../../site/describe-topic-choice.ts';
import type { PageContext } from '../../site/page-context.ts';
import { renderDocument, toHref } from '../../site/render-document.ts';
import { sitePaths } from '../../site-paths.ts';
import { interpolate } from '../../text/interpolate.ts';
import type { PageLink } from './render-notice.ts';

/** A page with one button, since following a link must change nothing. */
interface ActionPage {
  readonly heading: string;
  readonly lede: string;
  readonly facts?: readonly string[];
  readonly button: string;
  readonly path: string;
  readonly token: string;
  /** Another form with the same token. */
  readonly other?: { readonly button: string; readonly action: string };
  readonly links?: readonly PageLink[];
}

const renderActionPage = (context: PageContext, action: ActionPage): string => {
  const { heading, lede, facts = [], button, path, token, other, links = [] } = action;
  return renderDocument(
    context,
    'action',
    { title: heading, description: heading },
    { heading, paragraphs: [lede, ...facts], other, button, action: toHref(path), token, links },
  );
};

/** What a button confirms. */
interface Subscription {
  readonly email: string;
  readonly cadence: Cadence;
  readonly topics?: readonly string[] | undefined;
}

export const renderConfirmPage = (
  context: PageContext,
  { email, cadence, topics, token }: Subscription & { readonly token: string },
): string => {
  const messages = selectSubscriptionMessages(context);
  return renderActionPage(context, {
    heading: messages.confirmHeading,
    lede: interpolate(messages.confirmLede, { email, digest: selectPageMessages(context)[cadence] }),
    facts: describeTopicChoice(context, topics),
    button: messages.confirmButton,
    path: sitePaths.subscriptions.confirm,
    token,
  });
};

/** Shown at the new address, which it names. */
export const renderConfirmAddressPage = (
  context: PageContext,
  { email, cadence, topics, token }: Subscription & { readonly token: string },
): string => {
  const messages = selectSubscriptionMessages(context);
  return renderActionPage(context, {
    heading: messages.confirmAddressHeading,
    lede: interpolate(messages.confirmAddressLede, { email, digest: selectPageMessages(context)[cadence] }),
    facts: describeTopicChoice(context, topics),
    button: messages.addressButton,
    path: sitePaths.subscriptions.address,
    token,
  });
};

interface SubscriberPage {
  readonly email: string;
  readonly token: string;
  readonly preferences: string;
}

/** An issue that came to an address of before may be in the hands of others: then the page names no address. */
export const renderUnsubscribePage = (
  context: PageContext,
  { email, token, preferences }: Pick<SubscriberPage, 'token'> & Partial<SubscriberPage>,
): string => {
  const messages = selectSubscriptionMessages(context);
  return renderActionPage(context, {
    heading: messages.unsubscribeHeading,
    lede: email === undefined ? messages.unsubscribeMovedLede : interpolate(messages.unsubscribeLede, { email }),
    button: messages.unsubscribeButton,
    path: sitePaths.subscriptions.unsubscribe,
    token,
    links: preferences === undefined ? [] : [{ name: messages.lessOften, href: preferences }],
  });
};

/** The button that mails a link to the reader's data: the preferences open to anybody who has one of their issues. */
export const renderDataRequestPage = (context: PageContext, { email, token, preferences }: SubscriberPage): string => {
  const messages = selectSubscriptionMessages(context);
  return renderActionPage(context, {
    heading: messages.dataHeading,
    lede: interpolate(messages.dataRequestLede, { email }),
    button: messages.dataRequestButton,
    path: sitePaths.subscriptions.erase,
    token,
    links: [{ name: messages.managePreferences, href: preferences }],
  });
};

/** The buttons that download and erase what is stored about a reader. */
export const renderDataPage = (context: PageContext, { email, token, preferences }: SubscriberPage): string => {
  const messages = selectSubscriptionMessages(context);
  return renderActionPage(context, {
    heading: messages.eraseHeading,
    lede: interpolate(messages.eraseLede, { email }),
    other: { button: messages.exportButton, action: toHref(sitePaths.subscriptions.export) },
    button: messages.eraseButton,
    path: sitePaths.subscriptions.erase,
    token,
    links: [{ name: messages.managePreferences, href: preferences }],
  });
};
