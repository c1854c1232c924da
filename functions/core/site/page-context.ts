import { fingerprintPublicationCard } from '../card/card.ts';
import type { RenderContext } from '../render.ts';
import type { MenuPage } from './menu-pages.ts';
import { renderStyle } from './render-assets.ts';

export interface PageContext extends RenderContext {
  /** Hash of the style sheet, from `renderStyle`: its address changes when it does. */
  readonly styleHash: string;
  /** Names the publication's card, which pages without a picture show. */
  readonly cardHash: string;
  /** Whether the newsletter is deployed: the Subscribe page then has the sign-up form. */
  readonly hasSignUp: boolean;
  /** The publication's own pages, such as its imprint, in the order of menus. */
  readonly pages: readonly MenuPage[];
}

export const createPageContext = (settings: Omit<PageContext, 'styleHash' | 'cardHash'>): PageContext => ({
  ...settings,
  styleHash: renderStyle(settings.render).hash,
  cardHash: fingerprintPublicationCard(settings.publication),
});
