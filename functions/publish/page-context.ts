import type { PageContext } from '../core/site/page-context.ts';
import { renderStyle } from '../core/site/render-assets.ts';
import type { PublishServices } from './services.ts';

/** What every page needs to be rendered. */
export const createPageContext = ({ publication, site, render }: PublishServices): PageContext => ({
  publication,
  site,
  render,
  styleHash: renderStyle(render).hash,
  hasSignUp: true,
});
