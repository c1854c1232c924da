import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

/** What the bucket said. */
export interface OriginAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: IncomingMessage;
}

export type FetchOrigin = (
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
) => Promise<OriginAnswer>;

/** Request headers that reach the bucket. */
const forwarded = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'range'];

/** Answer headers that are between the bucket and CloudFront. */
const dropped = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date', 'x-amz-request-id']);

const plainHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && !dropped.has(name) ? [[name, value]] : [],
    ),
  );

/** Asks the bucket. The path goes as it came, percent-encoded: a URL parser would change some keys. */
export const createFetchOrigin = (s3Endpoint: string, bucketPath: string): FetchOrigin => {
  const { hostname, port } = new URL(s3Endpoint);
  const agent = new Agent({ keepAlive: true });
  return (method, path, headers) =>
    new Promise((resolve, reject) => {
      const kept = forwarded.flatMap((name) => {
        const value = headers[name];
        return typeof value === 'string' ? [[name, value] as const] : [];
      });
      const options = {
        hostname,
        port,
        agent,
        method,
        path: bucketPath + path,
        headers: Object.fromEntries(kept),
      };
      const asked = request(options, (body) =>
        resolve({ status: body.statusCode ?? 502, headers: plainHeaders(body.headers), body }),
      );
      asked.on('error', reject);
      asked.end();
    });
};
