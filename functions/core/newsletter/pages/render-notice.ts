import { selectPageMessages, selectSubscriptionMessages } from '../../messages.ts';
import { describeTopicChoice } from '../../site/describe-topic-choice.ts';
import type { PageContext } from '../../site/page-context.ts';
import { renderDocument, toHref } from '../../site/render-document.ts';
import { buildSignUpFormView, type RejectedSignUp } from '../../site/sign-up-form.ts';
import { sitePaths } from '../../site-paths.ts';
import { interpolate } from '../../text/interpolate.ts';

export interface PageLink {
  readonly name: string;
  readonly href: string;
}

interface Notice {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly links?: readonly PageLink[];
  /** Present where the reader can sign up; `rejected` is what they filled in before. */
  readonly form?: { readonly rejected?: RejectedSignUp };
}

const renderNotice = (context: PageContext, { heading, paragraphs, links = [], form }: Notice): string =>
  renderDocument(
    context,
    'notice',
    { title: heading, description: paragraphs[0] ?? heading },
    { heading, paragraphs, links, form: form && buildSignUpFormView(context, 'again', form.rejected) },
  );

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

/** The links of each notice; its messages begin with its name. */
const noticeLinks = {
  checkMail: [toHomeLink],
  invalidLink: [toSubscribeLink],
  notSubscribed: [toSubscribeAgainLink, toHomeLink],
  unsubscribed: [toSubscribeAgainLink, toHomeLink],
  erased: [toHomeLink],
  tooMany: [toHomeLink],
  tooManyRequests: [toHomeLink],
  checkAddress: [toHomeLink],
  addressExpired: [toHomeLink],
  dataLink: [toHomeLink],
  dataExpired: [toHomeLink],
  unreadable: [toSubscribeLink],
  failed: [toSubscribeLink],
};
export type NoticeName = keyof typeof noticeLinks;

/** A notice that contains nothing about the reader: the same bytes for everybody. */
export const renderNamedNotice = (context: PageContext, name: NoticeName): string => {
  const messages = selectSubscriptionMessages(context);
  const paragraphs = [messages[`${name}Lede` as const]];
  if (name === 'checkMail') paragraphs.push(messages.checkMailHelp);
  return renderNotice(context, {
    heading: messages[`${name}Heading` as const],
    paragraphs: paragraphs.map((text) => interpolate(text, { sender: context.publication.sender.name })),
    links: noticeLinks[name].map((toLink) => toLink(context)),
  });
};

type WrittenSignUp = Pick<RejectedSignUp, 'email' | 'cadence' | 'topics'>;

const renderRejectedSignUpNotice = (context: PageContext, heading: string, rejected: RejectedSignUp): string =>
  renderNotice(context, { heading, paragraphs: [], form: { rejected } });

export const renderInvalidSignUpNotice = (context: PageContext, written: WrittenSignUp): string => {
  const { invalidAddressHeading, invalidAddress } = selectSubscriptionMessages(context);
  return renderRejectedSignUpNotice(context, invalidAddressHeading, { ...written, problem: invalidAddress });
};

/** For the form of an older page, or of another site: without its topics, the reader would get all articles. */
export const renderUnknownTopicNotice = (context: PageContext, written: WrittenSignUp): string => {
  const { unknownTopicHeading, unknownTopic } = selectSubscriptionMessages(context);
  return renderRejectedSignUpNotice(context, unknownTopicHeading, { ...written, topicProblem: unknownTopic });
};

export const renderExpiredLinkNotice = (context: PageContext): string => {
  const messages = selectSubscriptionMessages(context);
  return renderNotice(context, {
    heading: messages.expiredHeading,
    paragraphs: [messages.expiredLede],
    form: {},
  });
};

export const renderConfirmedNotice = (
  context: PageContext,
  { preferences, topics }: { readonly preferences: string; readonly topics?: readonly string[] | undefined },
): string => {
  const messages = selectSubscriptionMessages(context);
  return renderNotice(context, {
    heading: messages.confirmedHeading,
    paragraphs: [...describeTopicChoice(context, topics), messages.confirmedLede],
    links: [{ name: messages.managePreferences, href: preferences }, toHomeLink(context)],
  });
};

export const renderMovedNotice = (
  context: PageContext,
  { email, preferences }: { readonly email: string; readonly preferences: string },
): string => {
  const messages = selectSubscriptionMessages(context);
  return renderNotice(context, {
    heading: messages.movedHeading,
    paragraphs: [interpolate(messages.movedLede, { email })],
    links: [{ name: messages.managePreferences, href: preferences }, toHomeLink(context)],
  });
};
