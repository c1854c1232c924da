import { selectPageMessages } from '../messages.ts';
import { type ConsentWords, nameConsentWords, type SignUpForm } from '../newsletter/subscriber/consent.ts';
import { listOfferedTopics, listTopicOptions } from '../newsletter/subscriber/topic-choice.ts';
import { selectCadences, selectDefaultCadence } from '../publication.ts';
import { sitePaths } from '../site-paths.ts';
import { findPrivacyPage } from './menu-pages.ts';
import type { PageContext } from './page-context.ts';
import { toHref } from './render-document.ts';

/** What a reader filled in, and why it was rejected. */
export interface RejectedSignUp {
  readonly email: string;
  readonly cadence: string | undefined;
  readonly topics: readonly string[];
  readonly problem?: string;
  readonly topicProblem?: string;
}

/** All that the partial `sign-up-form` says, in one line. */
export const describeSignUpForm = ({
  render,
  publication,
  pages,
}: Pick<PageContext, 'render' | 'publication' | 'pages'>): ConsentWords => {
  const messages = selectPageMessages({ render, publication });
  const choices = selectCadences(publication).map((cadence) => messages[cadence]);
  const topics = listOfferedTopics(publication).map(({ name }) => name);
  const topicWords = topics.length === 0 ? [] : [messages.topics, messages.topicsHint, ...topics];
  const fields = [messages.email, messages.cadence, ...choices, ...topicWords];
  const privacy = findPrivacyPage(pages);
  const last = privacy ? [privacy.title] : [];
  const parts = [publication.title, ...fields, messages.signUp, messages.signUpNote, ...last];
  return nameConsentWords(parts.join(' · ').replace(/\s+/g, ' ').trim());
};

/** The view of the partial `sign-up-form`. The quietest cadence is chosen unless the reader chose another. */
export const buildSignUpFormView = (context: PageContext, form: SignUpForm, rejected?: RejectedSignUp) => {
  const messages = selectPageMessages(context);
  const cadences = selectCadences(context.publication);
  const privacy = findPrivacyPage(context.pages);
  const offered = new Set(listOfferedTopics(context.publication).map(({ slugs: [first] }) => first));
  const ticked = rejected?.topics.filter((slug) => offered.has(slug)) ?? [];
  const chosen = cadences.find((cadence) => cadence === rejected?.cadence) ?? selectDefaultCadence(context.publication);
  return {
    action: toHref(sitePaths.subscriptions.signUp),
    email: rejected?.email ?? '',
    problem: rejected?.problem ?? '',
    form,
    words: describeSignUpForm(context).name,
    privacy: privacy && { name: privacy.title, href: toHref(privacy.path) },
    hasChoice: cadences.length > 1,
    topics: listTopicOptions(context.publication, ticked).map((topic, index) => ({
      ...topic,
      hasFocus: index === 0 && rejected?.topicProblem !== undefined,
    })),
    topicProblem: rejected?.topicProblem ?? '',
    cadences: cadences.map((cadence) => ({ cadence, name: messages[cadence], chosen: cadence === chosen })),
  };
};
