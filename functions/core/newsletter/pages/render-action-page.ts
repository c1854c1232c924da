import { selectPageMessages, selectSubscriptionMessages } from '../../messages.ts';
import type { Cadence } from '../../publication.ts';
import type { PageContext } from '../../site/page-context.ts';
import { renderDocument, toHref } from '../../site/render-document.ts';
import { sitePaths } from '../../site-paths.ts';
import { interpolate } from '../../text/interpolate.ts';
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

export const renderConfirmPage = (
  context: PageContext,
  { email, cadence, token }: { readonly email: string; readonly cadence: Cadence; readonly token: string },
): string => {
  const messages = selectSubscriptionMessages(context);
  return renderActionPage(context, {
    heading: messages.confirmHeading,
    lede: interpolate(messages.confirmLede, { email, digest: selectPageMessages(context)[cadence] }),
    button: messages.confirmButton,
    path: sitePaths.subscriptions.confirm,
    token,
  });
};

interface LeavePage {
  readonly email: string;
  readonly token: string;
  readonly preferences: string;
}

export const renderUnsubscribePage = (context: PageContext, { email, token, preferences }: LeavePage): string => {
  const messages = selectSubscriptionMessages(context);
  return renderActionPage(context, {
    heading: messages.unsubscribeHeading,
    lede: interpolate(messages.unsubscribeLede, { email }),
    button: messages.unsubscribeButton,
    path: sitePaths.subscriptions.unsubscribe,
    token,
    links: [{ name: messages.lessOften, href: preferences }],
  });
};

export const renderErasePage = (context: PageContext, { email, token, preferences }: LeavePage): string => {
  const messages = selectSubscriptionMessages(context);
  return renderActionPage(context, {
    heading: messages.eraseHeading,
    lede: interpolate(messages.eraseLede, { email }),
    button: messages.eraseButton,
    path: sitePaths.subscriptions.erase,
    token,
    links: [{ name: messages.managePreferences, href: preferences }],
  });
};
