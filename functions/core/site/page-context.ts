import type { RenderContext } from '../render.ts';
import type { MenuPage } from './menu-pages.ts';
import { renderStyle } from './render-assets.ts';

export interface PageContext extends RenderContext {
  /** Hash of the style sheet, from `renderStyle`: its address changes when it does. */
  readonly styleHash: string;
  /** Whether the newsletter is deployed: the Subscribe page then has the sign-up form. */
  readonly hasSignUp: boolean;
  /** The publication's own pages, such as its imprint, in the order of menus. */
  readonly pages: readonly MenuPage[];
}

export const createPageContext = (settings: Omit<PageContext, 'styleHash'>): PageContext => ({
  ...settings,
  styleHash: renderStyle(settings.render).hash,
});
