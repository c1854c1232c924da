import { Readable } from 'node:stream';
import type { ApiHandler } from '../http-api/create-api-handler.ts';
import type { FetchOrigin, OriginRequest } from './origin.ts';
import type { OriginPlan } from './plan-behaviour.ts';
import type { ForwardedNames, OriginRequestPolicyPlan } from './plan-origin-request-policy.ts';

export interface ApiOriginProps {
  readonly api: ApiHandler;
  readonly origin: Extract<OriginPlan, { kind: 'api' }>;
  readonly forward: OriginRequestPolicyPlan;
  readonly now: () => Date;
}

const isForwarded = ({ kind, names }: ForwardedNames, name: string): boolean =>
  kind === 'all' || (kind === 'some') === names.includes(name);

/** Headers that CloudFront sets if the policy names them; those of the viewer are dropped. */
const buildViewerHeaders = ({ viewer }: OriginRequest): Readonly<Record<string, string>> => ({
  'cloudfront-viewer-address': `${viewer.address}:${viewer.port}`,
  'cloudfront-forwarded-proto': 'http',
});

const forwardCookies = (cookie: string, plan: ForwardedNames): Record<string, string> => {
  const kept = cookie.split(/;\s*/).filter((each) => isForwarded(plan, each.split('=')[0] ?? ''));
  return kept.length > 0 ? { cookie: kept.join('; ') } : {};
};

const forwardHeaders = (
  request: OriginRequest,
  { headers, cookies }: OriginRequestPolicyPlan,
): Record<string, string> => {
  const viewers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] => {
    const isLeftOut = value === undefined || name === 'cookie' || name.startsWith('cloudfront-');
    return isLeftOut || !isForwarded(headers, name) ? [] : [[name, [value].flat().join(', ')]];
  });
  const made = Object.entries(buildViewerHeaders(request)).filter(([name]) => headers.names.includes(name));
  return {
    'user-agent': 'Amazon CloudFront',
    ...Object.fromEntries(viewers),
    ...Object.fromEntries(headers.kind === 'allExcept' ? [] : made),
    ...forwardCookies(request.headers.cookie ?? '', cookies),
    'x-forwarded-for': request.viewer.address,
    'x-forwarded-proto': 'https',
  };
};

const forwardQuery = (query: string, plan: ForwardedNames): string =>
  query
    .split('&')
    .filter((pair) => pair !== '' && isForwarded(plan, decodeURIComponent(pair.split('=')[0] ?? '')))
    .join('&');

/** Forwards the part of a viewer's request that the origin request policy allows to an HTTP API. */
export const createApiOrigin =
  ({ api, origin, forward, now }: ApiOriginProps): FetchOrigin =>
  async (request) => {
    const { status, headers, body } = await api({
      method: request.method,
      path: origin.path + request.path,
      query: forwardQuery(request.query, forward.queries),
      headers: { ...forwardHeaders(request, forward), ...origin.headers },
      body: await request.body(),
      // The client of the API is CloudFront.
      sourceIp: '127.0.0.1',
      time: now(),
    });
    return {
      status,
      headers: { ...headers, 'content-length': String(body.length) },
      body: Readable.from([body], { objectMode: false }),
    };
  };
