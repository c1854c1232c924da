import type { Publication } from '../publication.ts';
import { toSiteUrl } from '../site-paths.ts';
import { buildElement, printXmlDocument } from '../text/xml.ts';

/** One feed of the publication. */
interface OpmlFeed {
  readonly title: string;
  /** Path of its HTML page. */
  readonly page: string;
  /** Path of its RSS. */
  readonly rss: string;
}

interface OpmlInput {
  readonly publication: Publication;
  readonly site: string;
  readonly feeds: readonly OpmlFeed[];
  /** Instant of the last change to the list. */
  readonly updated: string;
}

/** Gives the publication's feeds as an OPML 2.0 subscription list, for import into a reader. */
export const buildOpml = ({ publication, site, feeds, updated }: OpmlInput): string => {
  const head = [
    buildElement('title', {}, [publication.title]),
    buildElement('dateModified', {}, [new Date(updated).toUTCString()]),
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
    buildElement('body', {}, outlines),
  ]);
  return `${printXmlDocument(opml, { indent: 2 })}\n`;
};
