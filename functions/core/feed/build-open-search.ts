import type { Publication } from '../publication.ts';
import { sitePaths, toSiteUrl } from '../site-paths.ts';
import { truncate } from '../text/truncate.ts';
import { buildElement, printXmlDocument } from '../text/xml.ts';

const maxShortNameLength = 16;
const maxDescriptionLength = 1_024;

/** Gives an OpenSearch 1.1 description: browsers offer to search the site from their address bar. */
export const buildOpenSearch = ({ title, description, language }: Publication, site: string): string => {
  const root = buildElement('OpenSearchDescription', { xmlns: 'http://a9.com/-/spec/opensearch/1.1/' }, [
    buildElement('ShortName', {}, [truncate(title, maxShortNameLength)]),
    buildElement('Description', {}, [truncate(description, maxDescriptionLength)]),
    buildElement('Url', { type: 'text/html', template: `${toSiteUrl(site, sitePaths.search)}?q={searchTerms}` }),
    buildElement('Language', {}, [language]),
    buildElement('InputEncoding', {}, ['UTF-8']),
  ]);
  return `${printXmlDocument(root, { indent: 2 })}\n`;
};
