import { cardSize } from '../card/card.ts';
import { type PageMessages, selectPageMessages } from '../messages.ts';
import { type Publication, selectScheduledCadences } from '../publication.ts';
import { type FeedPaths, sitePaths, toSiteUrl } from '../site-paths.ts';
import type { FormattedDate } from '../text/format-date.ts';
import { findTextDirection } from '../text/language.ts';
import { memoize } from '../text/memoize.ts';
import type { MenuPage } from './menu-pages.ts';
import type { PageContext } from './page-context.ts';

export interface PageHead {
  /** Without the publication's title, which is added. Absent on the home page. */
  readonly title?: string;
  readonly description: string;
  /** Absent where the page has no address of its own. */
  readonly path?: string;
  /** Address of the original, where it was first published elsewhere. */
  readonly canonical?: string;
  readonly feeds?: { readonly title: string; readonly paths: FeedPaths };
  readonly previous?: string;
  readonly next?: string;
  /** In addition to those of every page. */
  readonly properties?: readonly MetaProperty[];
  /** By default, a card with the publication's title. */
  readonly image?: PreviewImage;
  readonly type?: 'article' | 'website';
  readonly jsonLd?: string;
  /** What the page runs: only that of the search page may, by the site's content security policy. */
  readonly script?: string;
  /** The front page, whose masthead is large and shows the day of the newest article. */
  readonly isHome?: boolean;
  readonly newestDate?: FormattedDate | undefined;
  /** Stands above everything else on a page that is not public. */
  readonly preview?: PreviewBar;
}

export interface PreviewBar {
  readonly lede: string;
  /** In English, as all that is said of a seed to its author. */
  readonly reason: string | undefined;
  readonly links: readonly { readonly name: string; readonly href: string; readonly isCurrent: boolean }[];
}

/** What services show with a link to a page. */
export interface PreviewImage {
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
  readonly alt: string | undefined;
}

export interface MetaProperty {
  readonly property: string;
  readonly content: string;
}

/** A link on this site, without the origin, so that a copy of the site works anywhere. */
export const toHref = (path: string): string => toSiteUrl('', path);

const toFeedLinks = (title: string, { rss, atom, json }: FeedPaths) => [
  { type: 'application/rss+xml', title: `${title} (RSS)`, href: toHref(rss) },
  { type: 'application/atom+xml', title: `${title} (Atom)`, href: toHref(atom) },
  { type: 'application/feed+json', title: `${title} (JSON Feed)`, href: toHref(json) },
];

const selectMenu = (pages: readonly MenuPage[], menu: MenuPage['menu']) =>
  pages.filter((page) => page.menu === menu).map(({ title, path }) => ({ name: title, path }));

const buildSections = (messages: PageMessages, pages: readonly MenuPage[], path: string | undefined) =>
  [
    { name: messages.topics, path: sitePaths.topics },
    { name: messages.authors, path: sitePaths.authors },
    { name: messages.archive, path: sitePaths.archive },
    { name: messages.search, path: sitePaths.search },
    ...selectMenu(pages, 'header'),
    { name: messages.subscribe, path: sitePaths.subscribe },
  ].map((section) => ({
    name: section.name,
    href: toHref(section.path),
    isCurrent: section.path === path,
    isCallToAction: section.path === sitePaths.subscribe,
  }));

/** `og:locale` wants language_TERRITORY. */
const toOpenGraphLocale = memoize((language: string): string => {
  const { language: code, region } = new Intl.Locale(language).maximize();
  return region ? `${code}_${region}` : code;
});

const buildFooterLinks = (messages: PageMessages, publication: Publication) => [
  // The addresses of feeds are there, with what to do with them: a browser shows a feed as source text.
  { name: messages.subscribe, href: toHref(sitePaths.subscribe) },
  ...selectScheduledCadences(publication).map((cadence) => ({
    name: messages[cadence],
    href: toHref(sitePaths.nextDigest(cadence, 'html')),
  })),
];

const buildFooterPages = (pages: readonly MenuPage[], path: string | undefined) =>
  selectMenu(pages, 'footer').map((page) => ({
    name: page.name,
    href: toHref(page.path),
    isCurrent: page.path === path,
  }));

/** `rel=me` lets other sites verify that an account is the publication's: https://microformats.org/wiki/rel-me */
const buildOwnLinks = ({ theme, license }: Publication) => [
  ...theme.footer.map((link) => ({ ...link, rel: '' })),
  ...theme.social.map((link) => ({ ...link, rel: 'me' })),
  ...(license ? [{ ...license, rel: 'license' }] : []),
];

const buildPublicationCard = ({ publication, site, cardHash }: PageContext): PreviewImage => ({
  url: toSiteUrl(site, sitePaths.publicationCard(cardHash)),
  ...cardSize,
  alt: publication.title,
});

const buildHeadView = (head: PageHead, context: PageContext) => {
  const { publication, site, styleHash } = context;
  const address = head.path === undefined ? undefined : toSiteUrl(site, head.path);
  return {
    title: head.title ? `${head.title} · ${publication.title}` : publication.title,
    headline: head.title ?? publication.title,
    description: head.description,
    address,
    canonical: head.canonical ?? address,
    previous: head.previous && toHref(head.previous),
    next: head.next && toHref(head.next),
    type: head.type ?? 'website',
    locale: toOpenGraphLocale(publication.language),
    properties: head.properties ?? [],
    // A page without an address of its own is not shared.
    image: address === undefined ? undefined : (head.image ?? buildPublicationCard(context)),
    jsonLd: head.jsonLd,
    script: head.script && toHref(head.script),
    openSearchLink: toHref(sitePaths.openSearch),
    feeds: [
      ...(head.feeds ? toFeedLinks(head.feeds.title, head.feeds.paths) : []),
      ...toFeedLinks(publication.title, sitePaths.feeds),
    ],
    styleLink: toHref(sitePaths.style(styleHash)),
  };
};

/**
 * Renders a page within the layout. Every view gets `messages`.
 * @param name of the template under `page/`
 */
export const renderDocument = (context: PageContext, name: string, head: PageHead, view: object): string => {
  const { publication, render, pages } = context;
  const messages = selectPageMessages(context);
  return render('page/layout.html', {
    ...buildHeadView(head, context),
    messages,
    main: render(`page/${name}.html`, { messages, ...view }).trimEnd(),
    name,
    language: publication.language,
    direction: findTextDirection(publication.language),
    publication: publication.title,
    strapline: publication.description,
    isHome: head.isHome ?? false,
    newestDate: head.newestDate,
    // Readers need not load these styles, so they are not in the style sheet.
    preview: head.preview && { ...head.preview, style: render('page/preview.css', {}) },
    homeLink: toHref(sitePaths.home),
    sections: buildSections(messages, pages, head.path),
    footer: buildFooterLinks(messages, publication),
    footerPages: buildFooterPages(pages, head.path),
    ownLinks: buildOwnLinks(publication),
    postalAddress: publication.postalAddress,
  });
};
