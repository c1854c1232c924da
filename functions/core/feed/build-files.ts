import type { FullEntry } from '../entry.ts';
import { toSiteUrl } from '../site-paths.ts';
import { buildElement, type XmlElement } from '../text/xml.ts';

const isMedia = (type: string): boolean => /^(?:audio|video)\//.test(type);

const listFiles = ({ files = [] }: FullEntry, site: string) =>
  files.map(({ path, ...file }) => ({ ...file, url: toSiteUrl(site, path) }));

/** Media RSS says how long a sound or film plays, for which RSS and Atom have no place. */
const buildMediaElements = (entry: FullEntry, site: string): XmlElement[] =>
  listFiles(entry, site)
    .filter(({ type }) => isMedia(type))
    .map(({ url, type, bytes, seconds }) =>
      buildElement('media:content', {
        url,
        type,
        medium: type.startsWith('audio/') ? 'audio' : 'video',
        fileSize: String(bytes),
        ...(seconds !== undefined && { duration: String(seconds) }),
      }),
    );

/** An item has one enclosure (RSS Advisory Board): the first sound or film, else the first document. */
export const buildRssFiles = (entry: FullEntry, site: string): XmlElement[] => {
  const files = listFiles(entry, site);
  const file = files.find(({ type }) => isMedia(type)) ?? files[0];
  if (!file) return [];
  const { url, bytes, type } = file;
  return [buildElement('enclosure', { url, length: String(bytes), type }), ...buildMediaElements(entry, site)];
};

export const buildAtomFiles = (entry: FullEntry, site: string): XmlElement[] => [
  ...listFiles(entry, site).map(({ url, bytes, type }) =>
    buildElement('link', { rel: 'enclosure', type, href: url, length: String(bytes) }),
  ),
  ...buildMediaElements(entry, site),
];

export const buildJsonAttachments = (entry: FullEntry, site: string) =>
  listFiles(entry, site).map(({ url, type, bytes, seconds }) => ({
    url,
    mime_type: type,
    size_in_bytes: bytes,
    ...(seconds !== undefined && { duration_in_seconds: seconds }),
  }));
