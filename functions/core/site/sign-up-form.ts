import { selectPageMessages } from '../messages.ts';
import { selectCadences } from '../publication.ts';
import { sitePaths } from '../site-paths.ts';
import type { PageContext } from './page-context.ts';
import { toHref } from './render-document.ts';

/** What a reader filled in, and why it was rejected. */
export interface RejectedSignUp {
  readonly email: string;
  readonly cadence: string | undefined;
  readonly problem: string;
}

/** The view of the partial `sign-up-form`. The first cadence is chosen unless the reader chose another. */
export const buildSignUpFormView = (context: PageContext, rejected?: RejectedSignUp) => {
  const messages = selectPageMessages(context);
  const cadences = selectCadences(context.publication);
  const chosen = cadences.find((cadence) => cadence === rejected?.cadence) ?? cadences[0];
  return {
    action: toHref(sitePaths.subscriptions.signUp),
    email: rejected?.email ?? '',
    problem: rejected?.problem ?? '',
    hasChoice: cadences.length > 1,
    cadences: cadences.map((cadence) => ({ cadence, name: messages[cadence], chosen: cadence === chosen })),
  };
};
