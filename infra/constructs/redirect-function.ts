/** Where feeds of other systems are, without a slash at the end: their readers go on reading here. */
const usualFeedAddresses = {
  '/rss.xml': [
    '/feed',
    '/feed/rss',
    '/feed/rss2',
    '/rss',
    '/rss2',
    '/index.xml',
    '/feed.rss',
    '/rss/feed.xml',
    '/feeds/all.rss.xml',
  ],
  '/atom.xml': ['/feed/atom', '/atom', '/feed.atom', '/feeds/posts/default', '/feeds/all.atom.xml'],
  '/feed.json': ['/feed/json', '/index.json'],
} as const;

/** The pages of the site have no slash at the end, unlike those of many other systems. */
const ownFolders = '(?:articles|topics|authors|archive|issues|search|subscribe)';

/**
 * Builds a CloudFront Function that answers 301 on requests for former addresses: those of the settings, the usual ones
 * of feeds, and those of pages with a slash at the end. It answers `/feed.xml`, where feed readers look first, with the
 * RSS feed. CloudFront caches nothing of it and asks no origin.
 * @param redirects from a path to a path or address; with `/*` at the end of both, from all that is below a path
 */
export const buildRedirectFunction = (redirects: Readonly<Record<string, string>>): string => {
  const feeds = Object.entries(usualFeedAddresses).flatMap(([to, paths]) => paths.map((path) => [path, to]));
  const own = Object.entries(redirects).map(([path, target]) => [path.replace(/\/+$/, ''), target]);
  const targets = Object.fromEntries([...feeds, ...own]);
  return `const targets = ${JSON.stringify(targets)};
const page = /^\\/${ownFolders}(?:\\/[^/]+)*\\/+$/;
function handler(event) {
  const request = event.request;
  const path = request.uri.replace(/(.)\\/+$/, '$1');
  let target = targets.hasOwnProperty(path) ? targets[path] : undefined;
  for (let end = path.length; end > 0 && target === undefined; end = path.lastIndexOf('/', end - 1)) {
    const start = path.slice(0, end) + '/*';
    if (targets.hasOwnProperty(start)) target = targets[start].replace(/\\/\\*$/, path.slice(end));
  }
  if (target === undefined && page.test(request.uri)) target = path;
  if (target === undefined) {
    if (path === '/feed.xml') request.uri = '/rss.xml';
    return request;
  }
  return { statusCode: 301, statusDescription: 'Moved Permanently', headers: { location: { value: target } } };
}
`;
};
