import { renderStyle } from '../core/page/render-style.ts';
import type { PageContext } from '../core/page/site-page.ts';
import type { PublishServices } from './services.ts';

/** What every page needs to be rendered. */
export const createPageContext = ({ publication, site, render }: PublishServices): PageContext => ({
  publication,
  site,
  render,
  styleHash: renderStyle(render).hash,
  hasSignUp: true,
});
