import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type RunningServer, serve } from '../http-server.ts';
import type { BehaviourPlan, SitePlan } from '../template/plan.ts';
import { chooseEncoding, compressor, isCompressible } from './compress.ts';
import { createEdgeFunction, type EdgeFunction, type EdgeHeaders } from './edge-function.ts';
import { createFetchOrigin, type FetchOrigin, type OriginAnswer } from './fetch-origin.ts';
import { pathPattern } from './path-pattern.ts';

interface Behaviour extends Omit<BehaviourPlan, 'functions'> {
  readonly takes: (path: string) => boolean;
  readonly functions: readonly { readonly event: string; readonly run: EdgeFunction }[];
}

interface Site {
  readonly plan: SitePlan;
  readonly behaviours: readonly Behaviour[];
  readonly origin: FetchOrigin;
}

const prepareBehaviour = (behaviour: BehaviourPlan): Behaviour => ({
  ...behaviour,
  takes: pathPattern(behaviour.pathPattern),
  functions: behaviour.functions.map(({ event, code }) => ({ event, run: createEdgeFunction(code) })),
});

type Headers = Record<string, string>;

const applyPolicy = (headers: Headers, { headers: rules }: Behaviour, hasOrigin: boolean): Headers => {
  const applied = { ...headers };
  for (const { name, value, overrides, crossOriginOnly } of rules) {
    if (crossOriginOnly && !hasOrigin) continue;
    if (value === undefined) delete applied[name];
    else if (overrides || applied[name] === undefined) applied[name] = value;
  }
  return applied;
};

const toEdge = (headers: Headers): EdgeHeaders =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
const fromEdge = (headers: EdgeHeaders): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));
const requestHeaders = (incoming: IncomingMessage): EdgeHeaders =>
  toEdge(
    Object.fromEntries(
      Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
        typeof value === 'string' ? [[name, value]] : [],
      ),
    ),
  );

/** The bucket's answer, or the page that stands for its error. */
const askOrigin = async (
  { plan, origin }: Site,
  path: string,
  incoming: IncomingMessage,
): Promise<OriginAnswer> => {
  const key = path === '/' ? `/${plan.defaultRootObject}` : path;
  const method = incoming.method ?? 'GET';
  const answer = await origin(method, key, incoming.headers);
  const error = plan.errors.find(({ code }) => code === answer.status);
  if (!error) return answer;
  answer.body.resume();
  const page = await origin(method, error.page, {});
  return { ...page, status: error.status };
};

const refuseMethod = (response: ServerResponse, { methods }: Behaviour): void => {
  response.writeHead(405, { allow: methods.join(', ') });
  response.end();
};

const answer = async (site: Site, incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
  const [rawPath = '/'] = (incoming.url ?? '/').split('?');
  const behaviour = site.behaviours.find(({ takes }) => takes(rawPath));
  const method = incoming.method ?? 'GET';
  if (!behaviour) throw new Error(`no behaviour takes ${rawPath}`);
  if (!behaviour.methods.includes(method)) return refuseMethod(response, behaviour);
  const hasOrigin = incoming.headers.origin !== undefined;
  if (method === 'OPTIONS') {
    response.writeHead(204, applyPolicy({ allow: behaviour.methods.join(', ') }, behaviour, hasOrigin)).end();
    return;
  }

  let asked = { method, uri: rawPath, headers: requestHeaders(incoming) };
  for (const { event, run } of behaviour.functions) {
    if (event !== 'viewer-request') continue;
    const said = await run.onRequest(asked);
    if ('statusCode' in said) {
      response.writeHead(said.statusCode, fromEdge(said.headers)).end();
      return;
    }
    asked = said;
  }

  const { status, headers: stored, body } = await askOrigin(site, asked.uri, incoming);
  const size = Number(stored['content-length'] ?? 0);
  const mayCompress =
    status !== 206 &&
    stored['content-encoding'] === undefined &&
    isCompressible(stored['content-type'], size);
  const encoding = mayCompress
    ? chooseEncoding(incoming.headers['accept-encoding'], behaviour.encodings)
    : undefined;
  let headers: Headers = applyPolicy(stored, behaviour, hasOrigin);
  if (mayCompress && behaviour.encodings.length > 0) headers.vary = 'Accept-Encoding';
  if (encoding) {
    const { 'content-length': _length, etag, ...others } = headers;
    // CloudFront weakens the ETag of what it compresses: same text, other bytes.
    headers = {
      ...others,
      'content-encoding': encoding,
      ...(etag ? { etag: etag.replace(/^(?!W\/)/, 'W/') } : {}),
    };
  }
  // CloudFront runs no function on an error of the origin.
  if (status < 400)
    for (const { event, run } of behaviour.functions) {
      if (event !== 'viewer-response') continue;
      const edged = await run.onResponse(asked, { statusCode: status, headers: toEdge(headers) });
      headers = fromEdge(edged.headers);
    }

  response.writeHead(status, headers);
  if (method === 'HEAD' || status === 304) {
    body.resume();
    response.end();
  } else if (encoding) await pipeline(body, compressor(encoding), response);
  else await pipeline(body, response);
};

const fail = (error: unknown, response: ServerResponse): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`The site could not be served: ${error instanceof Error ? error.message : String(error)}\n`);
};

/**
 * Serves a bucket as the template's distribution would, without a cache.
 * @throws {PortTaken}
 */
export const startSite = (
  plan: SitePlan,
  { s3Endpoint, port }: { s3Endpoint: string; port: number },
): Promise<RunningServer> => {
  const site: Site = {
    plan,
    behaviours: plan.behaviours.map(prepareBehaviour),
    origin: createFetchOrigin(s3Endpoint, `/${plan.bucket}${plan.originPath}`),
  };
  return serve((incoming, response) => {
    answer(site, incoming, response).catch((error: unknown) => fail(error, response));
  }, port);
};
