import { selectPageMessages } from '../messages.ts';
import { type ConsentWords, nameConsentWords, type SignUpForm } from '../newsletter/subscriber/consent.ts';
import { selectCadences } from '../publication.ts';
import { sitePaths } from '../site-paths.ts';
import { findPrivacyPage } from './menu-pages.ts';
import type { PageContext } from './page-context.ts';
import { toHref } from './render-document.ts';

/** What a reader filled in, and why it was rejected. */
export interface RejectedSignUp {
  readonly email: string;
  readonly cadence: string | undefined;
  readonly problem: string;
}

/** All that the partial `sign-up-form` says, in one line. */
export const describeSignUpForm = ({
  render,
  publication,
  pages,
}: Pick<PageContext, 'render' | 'publication' | 'pages'>): ConsentWords => {
  const messages = selectPageMessages({ render, publication });
  const choices = selectCadences(publication).map((cadence) => messages[cadence]);
  const parts = [publication.title, messages.email, messages.cadence, ...choices, messages.signUp, messages.signUpNote];
  const privacy = findPrivacyPage(pages);
  return nameConsentWords([...parts, ...(privacy ? [privacy.title] : [])].join(' · ').replace(/\s+/g, ' ').trim());
};

/** The view of the partial `sign-up-form`. The first cadence is chosen unless the reader chose another. */
export const buildSignUpFormView = (context: PageContext, form: SignUpForm, rejected?: RejectedSignUp) => {
  const messages = selectPageMessages(context);
  const cadences = selectCadences(context.publication);
  const privacy = findPrivacyPage(context.pages);
  const chosen = cadences.find((cadence) => cadence === rejected?.cadence) ?? cadences[0];
  return {
    action: toHref(sitePaths.subscriptions.signUp),
    email: rejected?.email ?? '',
    problem: rejected?.problem ?? '',
    form,
    words: describeSignUpForm(context).name,
    privacy: privacy && { name: privacy.title, href: toHref(privacy.path) },
    hasChoice: cadences.length > 1,
    cadences: cadences.map((cadence) => ({ cadence, name: messages[cadence], chosen: cadence === chosen })),
  };
};
