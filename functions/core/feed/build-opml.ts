import type { Publication } from '../publication.ts';
import { toSiteUrl } from '../site-paths.ts';
import { buildElement, printXmlDocument } from '../text/xml.ts';

interface OpmlFeed {
  readonly title: string;
  readonly page: string;
  readonly rss: string;
}

interface OpmlInput {
  readonly publication: Publication;
  readonly site: string;
  readonly feeds: readonly OpmlFeed[];
  /** A page that lists further feeds. */
  readonly more?: Pick<OpmlFeed, 'title' | 'page'>;
}

/** Gives the publication's feeds as an OPML 2.0 subscription list, for import into a reader. */
export const buildOpml = ({ publication, site, feeds, more }: OpmlInput): string => {
  const head = [
    buildElement('title', {}, [publication.title]),
    buildElement('ownerName', {}, [publication.author.name]),
    buildElement('docs', {}, ['http://opml.org/spec2.opml']),
  ];
  const outlines = feeds.map(({ title, page, rss }) =>
    buildElement('outline', {
      type: 'rss',
      text: title,
      title,
      xmlUrl: toSiteUrl(site, rss),
      htmlUrl: toSiteUrl(site, page),
    }),
  );
  const opml = buildElement('opml', { version: '2.0' }, [
    buildElement('head', {}, head),
    buildElement('body', {}, [
      ...outlines,
      ...(more ? [buildElement('outline', { type: 'link', text: more.title, url: toSiteUrl(site, more.page) })] : []),
    ]),
  ]);
  return `${printXmlDocument(opml, { indent: 2 })}\n`;
};
