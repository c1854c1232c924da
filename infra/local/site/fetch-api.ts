import { Readable } from 'node:stream';
import type { Api } from '../api/create-api.ts';
import type { ForwardPlan, NamesPlan, OriginPlan } from '../template/plan.ts';
import type { FetchOrigin, OriginRequest } from './fetch-origin.ts';

export interface FetchApiProps {
  readonly api: Api;
  readonly origin: Extract<OriginPlan, { kind: 'api' }>;
  readonly forward: ForwardPlan;
  readonly now: () => Date;
}

const passes = ({ kind, names }: NamesPlan, name: string): boolean =>
  kind === 'all' || (kind === 'some') === names.includes(name);

/** Headers that CloudFront makes where a policy names them, whatever the viewer sends under their names. */
const madeByEdge = ({ viewer }: OriginRequest): Readonly<Record<string, string>> => ({
  'cloudfront-viewer-address': `${viewer.address}:${viewer.port}`,
  'cloudfront-forwarded-proto': 'http',
});

const forwardCookies = (cookie: string, plan: NamesPlan): Record<string, string> => {
  const kept = cookie.split(/;\s*/).filter((each) => passes(plan, each.split('=')[0] ?? ''));
  return kept.length > 0 ? { cookie: kept.join('; ') } : {};
};

const forwardHeaders = (
  request: OriginRequest,
  { headers, cookies }: ForwardPlan,
): Record<string, string> => {
  const viewers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] => {
    const isLeftOut = value === undefined || name === 'cookie' || name.startsWith('cloudfront-');
    return isLeftOut || !passes(headers, name) ? [] : [[name, [value].flat().join(', ')]];
  });
  const made = Object.entries(madeByEdge(request)).filter(([name]) => headers.names.includes(name));
  return {
    'user-agent': 'Amazon CloudFront',
    ...Object.fromEntries(viewers),
    ...Object.fromEntries(headers.kind === 'allExcept' ? [] : made),
    ...forwardCookies(request.headers.cookie ?? '', cookies),
    'x-forwarded-for': request.viewer.address,
    'x-forwarded-proto': 'https',
  };
};

const forwardQuery = (query: string, plan: NamesPlan): string =>
  query
    .split('&')
    .filter((pair) => pair !== '' && passes(plan, decodeURIComponent(pair.split('=')[0] ?? '')))
    .join('&');

/** Asks an HTTP API as CloudFront does: of the viewer's request goes on what the behaviour's policy lets through. */
export const createFetchApi =
  ({ api, origin, forward, now }: FetchApiProps): FetchOrigin =>
  async (request) => {
    const { status, headers, body } = await api({
      method: request.method,
      path: origin.path + request.path,
      query: forwardQuery(request.query, forward.queries),
      headers: { ...forwardHeaders(request, forward), ...origin.headers },
      body: await request.body(),
      // What the gateway sees is the edge.
      sourceIp: '127.0.0.1',
      at: now(),
    });
    return {
      status,
      headers: { ...headers, 'content-length': String(body.length) },
      body: Readable.from([body], { objectMode: false }),
    };
  };
