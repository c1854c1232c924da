import { type SubscriptionMessages, selectPageMessages, selectSubscriptionMessages } from '../../messages.ts';
import type { PageContext } from '../../site/page-context.ts';
import { renderDocument, toHref } from '../../site/render-document.ts';
import { buildSignUpFormView, type RejectedSignUp } from '../../site/sign-up-form.ts';
import { sitePaths } from '../../site-paths.ts';
import { interpolate } from '../../text/interpolate.ts';

/** A link below a notice. */
export interface PageLink {
  readonly name: string;
  readonly href: string;
}

/** A page that says how something went, and where to go on; it has no address of its own. */
interface Notice {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly links?: readonly PageLink[];
  /** Present where the reader may sign up at once; `filledIn` is what was wrong. */
  readonly form?: { readonly filledIn?: RejectedSignUp };
}

const renderNotice = (context: PageContext, { heading, paragraphs, links = [], form }: Notice): string =>
  renderDocument(
    context,
    'notice',
    { title: heading, description: paragraphs[0] ?? heading },
    { heading, paragraphs, links, form: form && buildSignUpFormView(context, form.filledIn) },
  );

/** The notices that are the same for everybody, by the word they begin with. */
export type NoticeName = keyof typeof notices;

const toHomeLink = (context: PageContext): PageLink => ({
  name: selectPageMessages(context).frontPage,
  href: toHref(sitePaths.home),
});
const toSubscribeLink = (context: PageContext): PageLink => ({
  name: selectPageMessages(context).subscribe,
  href: toHref(sitePaths.subscribe),
});
const toSubscribeAgainLink = (context: PageContext): PageLink => ({
  name: selectSubscriptionMessages(context).subscribeAgain,
  href: toHref(sitePaths.subscribe),
});

type MessageKey = keyof SubscriptionMessages;

const notices = {
  checkMail: {
    heading: 'checkMailHeading',
    paragraphs: ['checkMailLede', 'checkMailHelp'],
    ways: [toHomeLink],
  },
  invalidLink: { heading: 'invalidLinkHeading', paragraphs: ['invalidLinkLede'], ways: [toSubscribeLink] },
  notSubscribed: {
    heading: 'notSubscribedHeading',
    paragraphs: ['notSubscribedLede'],
    ways: [toSubscribeAgainLink, toHomeLink],
  },
  unsubscribed: {
    heading: 'unsubscribedHeading',
    paragraphs: ['unsubscribedLede'],
    ways: [toSubscribeAgainLink, toHomeLink],
  },
  erased: { heading: 'erasedHeading', paragraphs: ['erasedLede'], ways: [toHomeLink] },
  tooMany: { heading: 'tooManyHeading', paragraphs: ['tooManyLede'], ways: [toHomeLink] },
  unreadable: { heading: 'unreadableHeading', paragraphs: ['unreadableLede'], ways: [toSubscribeLink] },
  failed: { heading: 'failedHeading', paragraphs: ['failedLede'], ways: [toSubscribeLink] },
} as const satisfies Record<
  string,
  {
    heading: MessageKey;
    paragraphs: readonly MessageKey[];
    ways: readonly ((context: PageContext) => PageLink)[];
  }
>;

/** One of the notices that know nothing of the reader: the same bytes for everybody. */
export const renderNamedNotice = (context: PageContext, name: NoticeName): string => {
  const messages = selectSubscriptionMessages(context);
  const { heading, paragraphs, ways } = notices[name];
  return renderNotice(context, {
    heading: messages[heading],
    paragraphs: paragraphs.map((paragraph) =>
      interpolate(messages[paragraph], { sender: context.publication.sender.name }),
    ),
    links: ways.map((way) => way(context)),
  });
};

/** The sign-up form once more, filled in, with what is wrong with it. */
export const renderInvalidSignUpNotice = (
  context: PageContext,
  filledIn: Pick<RejectedSignUp, 'email' | 'cadence'>,
): string => {
  const messages = selectSubscriptionMessages(context);
  return renderNotice(context, {
    heading: messages.invalidAddressHeading,
    paragraphs: [],
    form: { filledIn: { ...filledIn, problem: messages.invalidAddress } },
  });
};

/** A confirmation link that works no more, with the form to ask for another. */
export const renderExpiredLinkNotice = (context: PageContext): string => {
  const messages = selectSubscriptionMessages(context);
  return renderNotice(context, {
    heading: messages.expiredHeading,
    paragraphs: [messages.expiredLede],
    form: {},
  });
};

/** Says that the subscription is confirmed. */
export const renderConfirmedNotice = (context: PageContext, preferences: string): string => {
  const messages = selectSubscriptionMessages(context);
  return renderNotice(context, {
    heading: messages.confirmedHeading,
    paragraphs: [messages.confirmedLede],
    links: [{ name: messages.managePreferences, href: preferences }, toHomeLink(context)],
  });
};
