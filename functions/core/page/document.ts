import { directionOf } from '../language.ts';
import { cadencesOf } from '../publication.ts';
import { addressOf, type FeedPaths, sitePaths } from '../site-paths.ts';
import type { Moment } from './moment.ts';
import type { SitePage } from './site-page.ts';
import { readWords, type Words } from './words.ts';

/** What a page says about itself in its head. */
export interface PageHead {
  /** Of the page alone; the publication's is added. Absent on the home page. */
  readonly title?: string;
  readonly description: string;
  /** Path of the page; absent where it has no address of its own. */
  readonly path?: string;
  /** Address of the original, when that stands elsewhere. */
  readonly canonical?: string;
  /** Feeds of a narrower choice than the whole publication, named by `title`. */
  readonly feeds?: { readonly title: string; readonly paths: FeedPaths };
  readonly previous?: string;
  readonly next?: string;
  /** Open Graph and other properties besides those of every page. */
  readonly properties?: readonly Property[];
  readonly type?: 'article' | 'website';
  /** JSON for a script element, safe to stand inside one. */
  readonly jsonLd?: string;
  /** The front page, whose masthead is large and tells the day of the newest article. */
  readonly home?: boolean;
  readonly newest?: Moment | undefined;
}

export interface Property {
  readonly property: string;
  readonly content: string;
}

/** An address on this site as a link shows it: without the origin, so that a copy works anywhere. */
export const linkTo = (path: string): string => addressOf('', path);

const feedLinks = (title: string, { rss, atom, json }: FeedPaths) => [
  { type: 'application/rss+xml', title: `${title} (RSS)`, href: linkTo(rss) },
  { type: 'application/atom+xml', title: `${title} (Atom)`, href: linkTo(atom) },
  { type: 'application/feed+json', title: `${title} (JSON Feed)`, href: linkTo(json) },
];

const sections = (words: Words, path: string | undefined) =>
  [
    { name: words.topics, path: sitePaths.topics },
    { name: words.authors, path: sitePaths.authors },
    { name: words.archive, path: sitePaths.archive },
    { name: words.subscribe, path: sitePaths.subscribe },
  ].map((section) => ({
    name: section.name,
    href: linkTo(section.path),
    here: section.path === path,
    call: section.path === sitePaths.subscribe,
  }));

/** `og:locale` wants language_TERRITORY. */
const openGraphLocale = (language: string): string => {
  const { language: code, region } = new Intl.Locale(language).maximize();
  return region ? `${code}_${region}` : code;
};

/**
 * One whole document: the template's `main` with its view, inside the layout.
 * Every view gets `words`; `name` is the template's under `page/`.
 */
export const renderDocument = (context: SitePage, name: string, head: PageHead, view: object): string => {
  const { publication, site, styleHash, render } = context;
  const words = readWords(context);
  const main = render(`page/${name}.html`, { words, ...view });
  const address = head.path === undefined ? undefined : addressOf(site, head.path);
  return render('page/layout.html', {
    words,
    main: main.trimEnd(),
    name,
    language: publication.language,
    direction: directionOf(publication.language),
    publication: publication.title,
    strapline: publication.description,
    title: head.title ? `${head.title} · ${publication.title}` : publication.title,
    headline: head.title ?? publication.title,
    description: head.description,
    address,
    canonical: head.canonical ?? address,
    previous: head.previous && linkTo(head.previous),
    next: head.next && linkTo(head.next),
    type: head.type ?? 'website',
    locale: openGraphLocale(publication.language),
    properties: head.properties ?? [],
    jsonLd: head.jsonLd,
    feeds: [
      ...(head.feeds ? feedLinks(head.feeds.title, head.feeds.paths) : []),
      ...feedLinks(publication.title, sitePaths.feeds),
    ],
    home: head.home ?? false,
    newest: head.newest,
    homeLink: linkTo(sitePaths.home),
    styleLink: linkTo(sitePaths.style(styleHash)),
    iconLink: linkTo(sitePaths.icon),
    sections: sections(words, head.path),
    footer: [
      { name: 'RSS', href: linkTo(sitePaths.feeds.rss) },
      { name: 'Atom', href: linkTo(sitePaths.feeds.atom) },
      { name: 'JSON Feed', href: linkTo(sitePaths.feeds.json) },
      ...cadencesOf(publication).map((cadence) => ({
        name: words[cadence],
        href: linkTo(sitePaths.nextDigest(cadence, 'html')),
      })),
    ],
    postalAddress: publication.postalAddress,
  });
};
