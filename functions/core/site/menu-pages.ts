import * as z from 'zod';
import { type Entry, pagePlaceSchema } from '../entry.ts';
import { sitePaths } from '../site-paths.ts';
import { compareStrings } from '../text/compare-strings.ts';

/** A page of the publication, as menus and the sitemap have it. */
export const menuPageSchema = pagePlaceSchema.extend({ title: z.string(), path: z.string(), updated: z.string() });
export type MenuPage = z.infer<typeof menuPageSchema>;

/** The record of the build has them all: DynamoDB takes 400 KB. */
const maxMenuPages = 100;

/** Above every stated one. */
const lastOrder = 1_000_000;

/** In the order of menus. */
export const toMenuPages = (entries: readonly Entry[]): MenuPage[] =>
  entries
    .flatMap((entry) =>
      entry.page ? [{ ...entry.page, title: entry.title, path: sitePaths.article(entry), updated: entry.updated }] : [],
    )
    .sort(
      (a, b) =>
        (a.order ?? lastOrder) - (b.order ?? lastOrder) ||
        compareStrings(a.title, b.title) ||
        compareStrings(a.path, b.path),
    )
    .slice(0, maxMenuPages);

/** What every page of the site shows of them: when it changes, all are made anew. */
export const selectMenuFacts = (pages: readonly MenuPage[]) =>
  pages.filter(isShownEverywhere).map(({ name, menu, title, path }) => ({ name, menu, title, path }));

const isPrivacyPage = ({ name }: MenuPage): boolean => name.toLowerCase() === 'privacy';

const isShownEverywhere = (page: MenuPage): boolean => page.menu !== 'none' || isPrivacyPage(page);

/** The page that the sign-up form links to. */
export const findPrivacyPage = (pages: readonly MenuPage[]): MenuPage | undefined => pages.find(isPrivacyPage);
