import type { Publication } from '../publication.ts';
import type { Render } from '../render.ts';

/** What every page of the site is made from, besides its own entries. */
export interface PageContext {
  readonly publication: Publication;
  /** Origin of the site, without a trailing slash. */
  readonly site: string;
  /** Hash of the style sheet, from `renderStyle`: its address changes when it does. */
  readonly styleHash: string;
  readonly render: Render;
  /** True once `/subscriptions` answers: the Subscribe page then holds the e-mail form. */
  readonly hasSignUp: boolean;
}
