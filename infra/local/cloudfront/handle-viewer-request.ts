import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { applyHeaderRules, type Behaviour } from './behaviour.ts';
import { type ContentEncoding, createCompressor, isCompressible, selectEncoding } from './compress.ts';
import type { ErrorCache } from './create-error-cache.ts';
import { type EdgeRequest, toEdgeHeaders, toNodeHeaders } from './edge-function.ts';
import type { OriginRequest, OriginResponse } from './origin.ts';
import type { DistributionPlan } from './plan-distributions.ts';

export interface ServedDistribution {
  readonly plan: DistributionPlan;
  readonly behaviours: readonly Behaviour[];
  readonly errorCache: ErrorCache;
  /** Changes the page that a reader gets. */
  readonly completePage?: <T extends ViewerResponse>(page: T) => Promise<T>;
}

interface ViewerResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body?: Readable;
  readonly encoding?: ContentEncoding;
}

const findBehaviour = ({ behaviours }: ServedDistribution, path: string): Behaviour => {
  const behaviour = behaviours.find(({ matchesPath }) => matchesPath(path));
  if (!behaviour) throw new Error(`there is no behaviour for ${path}`);
  return behaviour;
};

/** No origin accepts a larger body; the rest of it is dropped. */
const maxBodyBytes = 10_000_000;

const readBody = async (viewer: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of viewer) {
    size += chunk.length;
    if (size - chunk.length <= maxBodyBytes) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const toOriginRequest = (viewer: IncomingMessage, path: string): OriginRequest => ({
  method: viewer.method ?? 'GET',
  path,
  query: viewer.url?.split('?').slice(1).join('?') ?? '',
  headers: viewer.headers,
  viewer: { address: viewer.socket.remoteAddress ?? '127.0.0.1', port: viewer.socket.remotePort ?? 0 },
  body: () => readBody(viewer),
});

/** CloudFront caches neither other responses here, nor those to other methods. */
const fetchThroughErrorCache = async (
  { errorCache }: ServedDistribution,
  { origin }: Behaviour,
  request: OriginRequest,
): Promise<OriginResponse> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return origin(request);
  return errorCache.find(request) ?? errorCache.keep(request, await origin(request));
};

const fetchFromOrigin = async (
  site: ServedDistribution,
  behaviour: Behaviour,
  viewer: IncomingMessage,
  path: string,
): Promise<OriginResponse> => {
  const { plan } = site;
  const request = toOriginRequest(viewer, path === '/' ? `/${plan.defaultRootObject}` : path);
  const answer = await fetchThroughErrorCache(site, behaviour, request);
  const error = plan.errors.find(({ code }) => code === answer.status);
  if (error?.page === undefined) return answer;
  answer.body.resume();
  const method = viewer.method === 'HEAD' ? 'HEAD' : 'GET';
  const page = await findBehaviour(site, error.page).origin({
    ...request,
    method,
    path: error.page,
    query: '',
    headers: {},
  });
  return { ...page, status: error.status };
};

const encodeResponse = (answer: ViewerResponse, behaviour: Behaviour, accepted: string | undefined): ViewerResponse => {
  const { status, headers } = answer;
  const size = Number(headers['content-length'] ?? 0);
  const isAsStored = status !== 206 && headers['content-encoding'] === undefined;
  if (!isAsStored || behaviour.encodings.length === 0 || !isCompressible(headers['content-type'], size)) return answer;
  const varying: Record<string, string> = { ...headers, vary: 'Accept-Encoding' };
  const encoding = selectEncoding(accepted, behaviour.encodings);
  if (!encoding) return { ...answer, headers: varying };
  const { 'content-length': _length, etag, ...others } = varying;
  // CloudFront weakens the ETag of a compressed response: the text is the same, the bytes are not.
  const weak = etag === undefined ? {} : { etag: etag.replace(/^(?!W\/)/, 'W/') };
  return { ...answer, encoding, headers: { ...others, ...weak, 'content-encoding': encoding } };
};

const handleOriginRequest = async (
  site: ServedDistribution,
  behaviour: Behaviour,
  viewer: IncomingMessage,
  path: string,
): Promise<ViewerResponse> => {
  const { method = 'GET', headers } = viewer;
  let request: EdgeRequest = { method, uri: path, headers: toEdgeHeaders(headers) };
  for (const edge of behaviour.onRequest) {
    const result = await edge.onRequest(request);
    if ('statusCode' in result) return { status: result.statusCode, headers: toNodeHeaders(result.headers) };
    request = result;
  }
  const stored = await fetchFromOrigin(site, behaviour, viewer, request.uri);
  const shaped = { ...stored, headers: applyHeaderRules(stored.headers, behaviour) };
  const answer = encodeResponse(shaped, behaviour, headers['accept-encoding']?.toString());
  // CloudFront runs no viewer-response function on an error of the origin.
  if (answer.status >= 400) return answer;
  let response = { statusCode: answer.status, headers: toEdgeHeaders(answer.headers) };
  for (const edge of behaviour.onResponse) response = await edge.onResponse(request, response);
  return { ...answer, status: response.statusCode, headers: toNodeHeaders(response.headers) };
};

const handleRequest = async (site: ServedDistribution, viewer: IncomingMessage): Promise<ViewerResponse> => {
  const [path = '/'] = (viewer.url ?? '/').split('?');
  const behaviour = findBehaviour(site, path);
  const allow = behaviour.methods.join(', ');
  if (!behaviour.methods.includes(viewer.method ?? '')) return { status: 405, headers: { allow } };
  if (viewer.method === 'OPTIONS' && behaviour.isReadOnly)
    return { status: 204, headers: applyHeaderRules({ allow }, behaviour) };
  return handleOriginRequest(site, behaviour, viewer, path);
};

export const handleViewerRequest = async (
  site: ServedDistribution,
  viewer: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const answer = await handleRequest(site, viewer);
  const isGet = viewer.method === 'GET';
  const { status, headers, body, encoding } = isGet ? ((await site.completePage?.(answer)) ?? answer) : answer;
  response.writeHead(status, headers);
  if (!body || viewer.method === 'HEAD' || status === 304) {
    body?.resume();
    response.end();
  } else if (encoding) await pipeline(body, createCompressor(encoding), response);
  else await pipeline(body, response);
};
