import { answerMetadata, contentTypeOverrides, previewHeaders, previewsFolder } from '../platform/contract.ts';

export const toObjectKey = (path: string): string => (path === '/' ? 'index.html' : path.slice(1));

/**
 * Readers may keep a document for five minutes. CloudFront revalidates it after ten seconds, so that an article shows
 * within seconds without invalidations, which cost more than they save.
 */
const documentCacheControl = 'public, max-age=300, s-maxage=10';
/** Of uploads: another may come under the same name. */
export const uploadCacheControl = 'public, max-age=86400, s-maxage=10';
export const immutableCacheControl = 'public, max-age=31536000, immutable';

/** The page of an issue changes once more, when a later issue is linked from it. */
export const toIssueHeaders = (path: string) => ({
  contentType: toContentType(path),
  cacheControl: /\.(?:txt|json)$/.test(path) ? immutableCacheControl : documentCacheControl,
});

/** A style sheet, script or card has the fingerprint of its content in its name. */
export const isVersionedAsset = (path: string): boolean => /^\/assets\/(?:style|search|card)-/.test(path);

const isFont = (path: string): boolean => path.startsWith('/assets/font-');

/** How CloudFront answers with an object that is not simply shown: docs/decisions/0029-former-addresses.md */
export type DocumentAnswer = { readonly kind: 'gone' } | { readonly kind: 'redirect'; readonly href: string };

const htmlType = 'text/html; charset=utf-8';

/** Headers by the path's ending; a page has none. */
export const toObjectHeaders = (path: string, answer?: DocumentAnswer) => ({
  contentType: answer ? htmlType : toContentType(path),
  cacheControl: selectCacheControl(path),
  ...(answer && {
    metadata: answer.kind === 'gone' ? { [answerMetadata.gone]: 'yes' } : { [answerMetadata.redirect]: answer.href },
  }),
});

const selectCacheControl = (path: string): string => {
  if (path.startsWith(previewsFolder)) return previewHeaders['cache-control'];
  return isVersionedAsset(path) || isFont(path) ? immutableCacheControl : documentCacheControl;
};

const toContentType = (path: string): string => {
  if (/\/(rss|feed)\.xml$/.test(path)) return 'application/rss+xml; charset=utf-8';
  const override = Object.values(contentTypeOverrides).find(({ file }) => path.endsWith(`/${file}`));
  if (override) return override.stored;
  if (path.endsWith('.xml')) return 'application/xml; charset=utf-8';
  if (path.endsWith('.json')) return 'application/json; charset=utf-8';
  if (path.endsWith('.txt')) return 'text/plain; charset=utf-8';
  // CloudFront leaves it as it is: browsers read ranges of it.
  if (path.endsWith('.bin')) return 'application/octet-stream';
  if (path.endsWith('.js')) return 'text/javascript; charset=utf-8';
  if (path.endsWith('.css')) return 'text/css; charset=utf-8';
  if (path.endsWith('.svg')) return 'image/svg+xml';
  if (path.endsWith('.ico')) return 'image/x-icon';
  if (path.endsWith('.png')) return 'image/png';
  if (isFont(path)) return `font/${path.slice(path.lastIndexOf('.') + 1)}`;
  return htmlType;
};
