import { sitePaths } from '../site-paths.ts';
import { linkTo, renderDocument } from './document.ts';
import { type FilledIn, viewSignUpForm } from './sign-up-form.ts';
import type { SitePage } from './site-page.ts';
import { readSubscriptionWords, type SubscriptionWords } from './subscription-words.ts';
import { fillPhrase, readWords } from './words.ts';

/** A link below a notice. */
export interface Way {
  readonly name: string;
  readonly href: string;
}

/** A page that says how something went, and where to go on; it has no address of its own. */
interface Notice {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly links?: readonly Way[];
  /** Present where the reader may sign up at once; `filledIn` is what was wrong. */
  readonly form?: { readonly filledIn?: FilledIn };
}

const renderNotice = (context: SitePage, { heading, paragraphs, links = [], form }: Notice): string =>
  renderDocument(
    context,
    'notice',
    { title: heading, description: paragraphs[0] ?? heading },
    { heading, paragraphs, links, form: form && viewSignUpForm(context, form.filledIn) },
  );

/** The notices that are the same for everybody, by the word they begin with. */
export type NoticeName = keyof typeof notices;

const home = (context: SitePage): Way => ({
  name: readWords(context).frontPage,
  href: linkTo(sitePaths.home),
});
const subscribe = (context: SitePage): Way => ({
  name: readWords(context).subscribe,
  href: linkTo(sitePaths.subscribe),
});
const again = (context: SitePage): Way => ({
  name: readSubscriptionWords(context).subscribeAgain,
  href: linkTo(sitePaths.subscribe),
});

type Paragraph = keyof SubscriptionWords;

const notices = {
  checkMail: {
    heading: 'checkMailHeading',
    paragraphs: ['checkMailLede', 'checkMailHelp'],
    ways: [home],
  },
  invalidLink: { heading: 'invalidLinkHeading', paragraphs: ['invalidLinkLede'], ways: [subscribe] },
  notSubscribed: {
    heading: 'notSubscribedHeading',
    paragraphs: ['notSubscribedLede'],
    ways: [again, home],
  },
  unsubscribed: { heading: 'unsubscribedHeading', paragraphs: ['unsubscribedLede'], ways: [again, home] },
  erased: { heading: 'erasedHeading', paragraphs: ['erasedLede'], ways: [home] },
  tooMany: { heading: 'tooManyHeading', paragraphs: ['tooManyLede'], ways: [home] },
  unreadable: { heading: 'unreadableHeading', paragraphs: ['unreadableLede'], ways: [subscribe] },
  failed: { heading: 'failedHeading', paragraphs: ['failedLede'], ways: [subscribe] },
} as const satisfies Record<
  string,
  {
    heading: Paragraph;
    paragraphs: readonly Paragraph[];
    ways: readonly ((context: SitePage) => Way)[];
  }
>;

/** One of the notices that know nothing of the reader: the same bytes for everybody. */
export const renderPlainNotice = (context: SitePage, name: NoticeName): string => {
  const words = readSubscriptionWords(context);
  const { heading, paragraphs, ways } = notices[name];
  return renderNotice(context, {
    heading: words[heading],
    paragraphs: paragraphs.map((paragraph) =>
      fillPhrase(words[paragraph], { sender: context.publication.sender.name }),
    ),
    links: ways.map((way) => way(context)),
  });
};

/** The sign-up form once more, filled in, with what is wrong with it. */
export const renderInvalidSignUp = (
  context: SitePage,
  filledIn: Pick<FilledIn, 'email' | 'cadence'>,
): string => {
  const words = readSubscriptionWords(context);
  return renderNotice(context, {
    heading: words.invalidAddressHeading,
    paragraphs: [],
    form: { filledIn: { ...filledIn, problem: words.invalidAddress } },
  });
};

/** A confirmation link that works no more, with the form to ask for another. */
export const renderExpiredLink = (context: SitePage): string => {
  const words = readSubscriptionWords(context);
  return renderNotice(context, {
    heading: words.expiredHeading,
    paragraphs: [words.expiredLede],
    form: {},
  });
};

/** Says that the subscription is confirmed. */
export const renderConfirmed = (context: SitePage, preferences: string): string => {
  const words = readSubscriptionWords(context);
  return renderNotice(context, {
    heading: words.confirmedHeading,
    paragraphs: [words.confirmedLede],
    links: [{ name: words.managePreferences, href: preferences }, home(context)],
  });
};
