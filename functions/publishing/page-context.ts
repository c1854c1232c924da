import { renderStyle } from '../core/page/render-style.ts';
import type { SitePage } from '../core/page/site-page.ts';
import type { PublishingServices } from './services.ts';

/** What every page needs to be rendered. */
export const pageContext = ({ publication, site, render }: PublishingServices): SitePage => ({
  publication,
  site,
  render,
  styleHash: renderStyle(render).hash,
  signUp: true,
});
