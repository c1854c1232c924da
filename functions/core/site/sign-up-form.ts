import { selectPageMessages } from '../messages.ts';
import { selectCadences } from '../publication.ts';
import { sitePaths } from '../site-paths.ts';
import type { PageContext } from './page-context.ts';
import { toHref } from './render-document.ts';

/** What a reader filled in that could not be taken as it was, and why. */
export interface RejectedSignUp {
  readonly email: string;
  readonly cadence: string | undefined;
  readonly problem: string;
}

/** All that the partial `sign-up-form` asks for; the first cadence is chosen unless the reader chose another. */
export const buildSignUpFormView = (context: PageContext, filledIn?: RejectedSignUp) => {
  const messages = selectPageMessages(context);
  const cadences = selectCadences(context.publication);
  const wanted = cadences.find((cadence) => cadence === filledIn?.cadence) ?? cadences[0];
  return {
    action: toHref(sitePaths.subscriptions.signUp),
    email: filledIn?.email ?? '',
    problem: filledIn?.problem ?? '',
    choice: cadences.length > 1,
    cadences: cadences.map((cadence) => ({ cadence, name: messages[cadence], chosen: cadence === wanted })),
  };
};
