import { sitePaths, toSiteUrl } from '../site-paths.ts';

/** Gives robots.txt: everyone may read everything, and the sitemap says what there is. */
export const buildRobots = (site: string): string =>
  `User-agent: *\nAllow: /\n\nSitemap: ${toSiteUrl(site, sitePaths.sitemap)}\n`;
