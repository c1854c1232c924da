import { isDeepStrictEqual } from 'node:util';
import { listNames } from '../core/lifecycle/list-positions.ts';
import { toMenuPages } from '../core/site/menu-pages.ts';
import type { BuildContext } from './build-context.ts';
import type { ChangedArticle } from './follow-address-changes.ts';

/**
 * Records the publication's own pages once one of them has changed: docs/decisions/0040-pages.md
 * @returns the context with the pages as they are now; a change of menus leads to a new build version in the next round
 */
export const updateMenuPages = async (
  context: BuildContext,
  updated: readonly ChangedArticle[],
): Promise<BuildContext> => {
  const { build, services } = context;
  if (!updated.some(({ previous, record }) => previous?.entry?.page ?? record.entry?.page)) return context;
  const pages = toMenuPages(await services.lists.listEntries(listNames.pages));
  if (isDeepStrictEqual(pages, build.pages)) return context;
  await services.build.setPages(pages);
  return { ...context, build: { ...build, pages } };
};
