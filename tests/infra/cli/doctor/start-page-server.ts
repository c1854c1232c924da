import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { listen } from '../../../../infra/local/base/http-server.ts';

export interface ServedPage {
  readonly type: string;
  readonly body: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without an ETag, and uncompressed. */
  readonly isBare?: boolean;
}

/** A site on 127.0.0.1 as a distribution would serve it: ETags, 304, gzip. Pages are made for its address. */
export const startPageServer = async (buildPages: (site: string) => Readonly<Record<string, ServedPage>>) => {
  let pages: Readonly<Record<string, ServedPage>> = {};
  const server = await listen(
    createServer((request, response) => {
      const page = pages[request.url ?? ''];
      if (!page) {
        response.writeHead(404).end();
        return;
      }
      const { type, body, status = 200, headers = {}, isBare = false } = page;
      const etag = `"${createHash('md5').update(body).digest('hex')}"`;
      if (!isBare && request.headers['if-none-match'] === etag) {
        response.writeHead(304).end();
        return;
      }
      const own = isBare ? {} : { etag, 'content-encoding': 'gzip' };
      response.writeHead(status, { 'content-type': type, ...own, ...headers });
      response.end(isBare ? body : gzipSync(body));
    }),
    0,
  );
  const site = `http://127.0.0.1:${server.port}`;
  pages = buildPages(site);
  return { site, close: server.close };
};
