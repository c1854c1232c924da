import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { Readable } from 'node:stream';
import { region } from '../base/aws-account.ts';

export interface OriginRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly viewer: { readonly address: string; readonly port: number };
  /** Read on demand: only some origins need it. */
  readonly body: () => Promise<Buffer>;
}

export interface OriginResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Readable;
}

export type FetchOrigin = (request: OriginRequest) => Promise<OriginResponse>;

const forwardedHeaders = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'range'];

/** Response headers that concern the connection between CloudFront and the bucket. */
const droppedHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date', 'x-amz-request-id']);

const toPlainHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && !droppedHeaders.has(name) ? [[name, value]] : [],
    ),
  );

export interface BucketOriginProps {
  readonly s3Endpoint: string;
  /** With the bucket. */
  readonly path: string;
  /** As whom CloudFront reads the bucket. */
  readonly accessKeyId?: string | undefined;
}

/** Forwards requests to a bucket. The path is not parsed, since a URL parser would change some keys. */
export const createBucketOrigin = ({ s3Endpoint, path: bucketPath, accessKeyId }: BucketOriginProps): FetchOrigin => {
  const { hostname, port } = new URL(s3Endpoint);
  const agent = new Agent({ keepAlive: true });
  const signature =
    accessKeyId === undefined ? {} : { authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${region}` };
  return ({ method, path, headers }) =>
    new Promise((resolve, reject) => {
      const kept = forwardedHeaders.flatMap((name) => {
        const value = headers[name];
        return typeof value === 'string' ? [[name, value] as const] : [];
      });
      const sent = { ...Object.fromEntries(kept), ...signature };
      const options = { hostname, port, agent, method, path: bucketPath + path, headers: sent };
      const originRequest = request(options, (body) =>
        resolve({ status: body.statusCode ?? 502, headers: toPlainHeaders(body.headers), body }),
      );
      originRequest.on('error', reject);
      originRequest.end();
    });
};
