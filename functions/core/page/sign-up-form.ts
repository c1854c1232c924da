import { newsletterPaths } from '../newsletter/paths.ts';
import { cadencesOf } from '../publication.ts';
import { linkTo } from './document.ts';
import type { SitePage } from './site-page.ts';
import { readWords } from './words.ts';

/** What a reader filled in that could not be taken as it was, and why. */
export interface FilledIn {
  readonly email: string;
  readonly cadence: string | undefined;
  readonly problem: string;
}

/** All that the partial `sign-up-form` asks for; the first cadence is chosen unless the reader chose another. */
export const viewSignUpForm = (context: SitePage, filledIn?: FilledIn) => {
  const words = readWords(context);
  const cadences = cadencesOf(context.publication);
  const wanted = cadences.find((cadence) => cadence === filledIn?.cadence) ?? cadences[0];
  return {
    action: linkTo(newsletterPaths.signUp),
    email: filledIn?.email ?? '',
    problem: filledIn?.problem ?? '',
    choice: cadences.length > 1,
    cadences: cadences.map((cadence) => ({ cadence, name: words[cadence], chosen: cadence === wanted })),
  };
};
