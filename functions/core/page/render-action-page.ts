import { newsletterPaths } from '../newsletter/paths.ts';
import type { Cadence } from '../publication.ts';
import { linkTo, renderDocument } from './document.ts';
import type { Way } from './render-notice.ts';
import type { SitePage } from './site-page.ts';
import { readSubscriptionWords } from './subscription-words.ts';
import { fillPhrase, readWords } from './words.ts';

/** A page with one button, since following a link must change nothing. */
interface Action {
  readonly heading: string;
  readonly lede: string;
  readonly button: string;
  readonly path: string;
  readonly token: string;
  readonly links?: readonly Way[];
}

const renderAction = (context: SitePage, action: Action): string => {
  const { heading, lede, button, path, token, links = [] } = action;
  return renderDocument(
    context,
    'action',
    { title: heading, description: heading },
    { heading, paragraphs: [lede], button, action: linkTo(path), token, links },
  );
};

/** The button that confirms a sign-up. */
export const renderConfirmPage = (
  context: SitePage,
  { email, cadence, token }: { readonly email: string; readonly cadence: Cadence; readonly token: string },
): string => {
  const words = readSubscriptionWords(context);
  return renderAction(context, {
    heading: words.confirmHeading,
    lede: fillPhrase(words.confirmLede, { email, digest: readWords(context)[cadence] }),
    button: words.confirmButton,
    path: newsletterPaths.confirm,
    token,
  });
};

/** The button that ends a subscription, and the way to a lesser step. */
export const renderUnsubscribePage = (
  context: SitePage,
  {
    email,
    token,
    preferences,
  }: { readonly email: string; readonly token: string; readonly preferences: string },
): string => {
  const words = readSubscriptionWords(context);
  return renderAction(context, {
    heading: words.unsubscribeHeading,
    lede: fillPhrase(words.unsubscribeLede, { email }),
    button: words.unsubscribeButton,
    path: newsletterPaths.unsubscribe,
    token,
    links: [{ name: words.lessOften, href: preferences }],
  });
};

/** The button that erases what is known of a reader. */
export const renderErasePage = (
  context: SitePage,
  {
    email,
    token,
    preferences,
  }: { readonly email: string; readonly token: string; readonly preferences: string },
): string => {
  const words = readSubscriptionWords(context);
  return renderAction(context, {
    heading: words.eraseHeading,
    lede: fillPhrase(words.eraseLede, { email }),
    button: words.eraseButton,
    path: newsletterPaths.erase,
    token,
    links: [{ name: words.managePreferences, href: preferences }],
  });
};
