import type { Entry, FullEntry } from '../core/entry.ts';
import { buildAtom } from '../core/feed/build-atom.ts';
import { toFeedId } from '../core/identity.ts';
import type { PreviewSource } from '../core/lifecycle/select-preview.ts';
import { buildDigest } from '../core/newsletter/digest/build-digest.ts';
import { selectCadences } from '../core/publication.ts';
import { buildPreviewBar } from '../core/site/preview-bar.ts';
import { renderPreviewPage } from '../core/site/render-article-page.ts';
import { renderOwnPage } from '../core/site/render-own-page.ts';
import { renderPreviewEntry } from '../core/site/render-preview-entry.ts';
import { type PreviewView, sitePaths, toSiteUrl } from '../core/site-paths.ts';
import { findTextDirection } from '../core/text/language.ts';
import type { BuildContext } from './build-context.ts';
import { type PreviewPicture, usePreviewPictures } from './preview-pictures.ts';
import { type PlannedDocument, planDocument } from './write-documents.ts';

/** The documents of a preview: what the site, feeds and an issue would have, with a bar that says what it is. */
export const planPreview = (
  context: BuildContext,
  { id, pictures }: { readonly id: string; readonly pictures: readonly PreviewPicture[] },
  entry: Entry,
  { reason, due, isInDigest }: Pick<PreviewSource, 'reason' | 'due' | 'isInDigest'>,
): PlannedDocument[] => {
  const { bodies, pageContext, services } = context;
  const { site } = services;
  const isPage = entry.page !== undefined;
  const facts = { id, reason, due, isInDigest, isPage };
  const copies = pictures.map(({ url, copyPath }) => [url, copyPath]);
  const article = toSiteUrl(site, sitePaths.article(entry));
  const preview = toSiteUrl(site, sitePaths.preview(id, 'page'));
  const plan = (view: PreviewView, build: (full: FullEntry) => string): PlannedDocument => ({
    ...planDocument(sitePaths.preview(id, view), { entry, facts, copies }, async () => {
      const document = usePreviewPictures(build(await bodies.readFullEntry(entry)), pictures, site);
      // The article has no address yet.
      return document.replaceAll(article, () => preview);
    }),
    bodyLength: entry.bodyLength,
  });
  const buildBar = (view: PreviewView) => buildPreviewBar(services, facts, view);
  if (isPage) return [plan('page', (full) => renderOwnPage(pageContext, full, buildBar('page')))];
  return [
    plan('page', (full) => renderPreviewPage(pageContext, full, buildBar('page'))),
    plan('entry', (full) => renderPreviewEntry(pageContext, full, { id, bar: buildBar('entry') })),
    plan('atom.xml', (full) => buildPreviewFeed(context, id, full)),
    ...(isInDigest ? [plan('digest', (full) => buildPreviewDigest(context, full, buildBar('digest')))] : []),
  ];
};

/** A feed of its own, of which no hub is told. */
const buildPreviewFeed = ({ services, since }: BuildContext, id: string, entry: FullEntry): string => {
  const { publication, site } = services;
  const data = sitePaths.preview(id, 'atom.xml');
  return buildAtom({
    publication: { ...publication, hubs: [] },
    site,
    title: publication.title,
    description: publication.description,
    page: sitePaths.preview(id, 'page'),
    paths: { rss: data, atom: data, json: data },
    feedId: toFeedId(publication, data),
    entries: [entry],
    withdrawn: [],
    since,
  });
};

/** The first article of an issue that has no other. */
const buildPreviewDigest = (
  { services }: BuildContext,
  entry: FullEntry,
  bar: ReturnType<typeof buildPreviewBar>,
): string => {
  const { publication, render, site } = services;
  const [cadence = 'daily'] = selectCadences(publication);
  const subscribe = toSiteUrl(site, sitePaths.subscribe);
  const links = { view: toSiteUrl(site, sitePaths.article(entry)), unsubscribe: subscribe, preferences: subscribe };
  const { html } = buildDigest({ publication, site, render, cadence, entries: [entry], hasMore: false, links });
  const { language } = publication;
  const note = render('digest/preview.html', { ...bar, language, direction: findTextDirection(language) });
  return html
    .replace('</head>', () => '<meta name="robots" content="noindex"></head>')
    .replace(/<body[^>]*>/, (body) => `${body}${note}`);
};
