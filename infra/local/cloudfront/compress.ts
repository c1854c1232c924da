import type { Transform } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';

/** Content types that CloudFront compresses (Developer Guide, "File types that CloudFront compresses"). */
const compressibleTypes = new Set(
  `
    application/dash+xml application/eot application/font application/font-sfnt application/javascript
    application/json application/opentype application/otf application/pdf application/pkcs7-mime application/protobuf
    application/rss+xml application/truetype application/ttf application/vnd.apple.mpegurl
    application/vnd.mapbox-vector-tile application/vnd.ms-fontobject application/wasm application/xhtml+xml
    application/xml application/x-font-opentype application/x-font-truetype application/x-font-ttf
    application/x-httpd-cgi application/x-javascript application/x-mpegurl application/x-opentype application/x-otf
    application/x-perl application/x-ttf font/eot font/opentype font/otf font/ttf image/svg+xml text/css text/csv
    text/html text/javascript text/js text/plain text/richtext text/tab-separated-values text/xml text/x-component
    text/x-java-source text/x-script vnd.apple.mpegurl
  `.match(/\S+/g),
);

export type ContentEncoding = 'br' | 'gzip';

/** Whether CloudFront compresses a body of this type and size in bytes. */
export const isCompressible = (contentType: string | undefined, size: number): boolean => {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return compressibleTypes.has(type) && size >= 1000 && size <= 10_000_000;
};

export const selectEncoding = (
  accepted: string | undefined,
  offered: readonly ContentEncoding[],
): ContentEncoding | undefined => {
  const weights = new Map(
    (accepted ?? '').split(',').map((each): [string, number] => {
      const [name = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [name, weight === undefined ? 1 : Number(weight)];
    }),
  );
  return offered.find((encoding) => (weights.get(encoding) ?? weights.get('*') ?? 0) > 0);
};

export const createCompressor = (encoding: ContentEncoding): Transform =>
  encoding === 'gzip'
    ? createGzip({ level: 6 })
    : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
