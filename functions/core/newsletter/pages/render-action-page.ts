import type { Cadence } from '../../publication.ts';
import type { PageContext } from '../../site/page-context.ts';
import { interpolate, selectPageMessages } from '../../site/page-messages.ts';
import { renderDocument, toHref } from '../../site/render-document.ts';
import { selectSubscriptionMessages } from '../../site/subscription-messages.ts';
import { sitePaths } from '../../site-paths.ts';
import type { PageLink } from './render-notice.ts';

/** A page with one button, since following a link must change nothing. */
interface ActionPage {
  readonly heading: string;
  readonly lede: string;
  readonly button: string;
  readonly path: string;
  readonly token: string;
  readonly links?: readonly PageLink[];
}

const renderActionPage = (context: PageContext, action: ActionPage): string => {
  const { heading, lede, button, path, token, links = [] } = action;
  return renderDocument(
    context,
    'action',
    { title: heading, description: heading },
    { heading, paragraphs: [lede], button, action: toHref(path), token, links },
  );
};

/** The button that confirms a sign-up. */
export const renderConfirmPage = (
  context: PageContext,
  { email, cadence, token }: { readonly email: string; readonly cadence: Cadence; readonly token: string },
): string => {
  const words = selectSubscriptionMessages(context);
  return renderActionPage(context, {
    heading: words.confirmHeading,
    lede: interpolate(words.confirmLede, { email, digest: selectPageMessages(context)[cadence] }),
    button: words.confirmButton,
    path: sitePaths.subscriptions.confirm,
    token,
  });
};

/** The button that ends a subscription, and the way to a lesser step. */
export const renderUnsubscribePage = (
  context: PageContext,
  {
    email,
    token,
    preferences,
  }: { readonly email: string; readonly token: string; readonly preferences: string },
): string => {
  const words = selectSubscriptionMessages(context);
  return renderActionPage(context, {
    heading: words.unsubscribeHeading,
    lede: interpolate(words.unsubscribeLede, { email }),
    button: words.unsubscribeButton,
    path: sitePaths.subscriptions.unsubscribe,
    token,
    links: [{ name: words.lessOften, href: preferences }],
  });
};

/** The button that erases what is known of a reader. */
export const renderErasePage = (
  context: PageContext,
  {
    email,
    token,
    preferences,
  }: { readonly email: string; readonly token: string; readonly preferences: string },
): string => {
  const words = selectSubscriptionMessages(context);
  return renderActionPage(context, {
    heading: words.eraseHeading,
    lede: interpolate(words.eraseLede, { email }),
    button: words.eraseButton,
    path: sitePaths.subscriptions.erase,
    token,
    links: [{ name: words.managePreferences, href: preferences }],
  });
};
