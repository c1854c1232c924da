import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { accountId } from '../base/aws-account.ts';
import type { ApiPlan } from './plan-apis.ts';
import type { RouteMatch } from './select-route.ts';

export interface ApiRequest {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly time: Date;
}

/** API Gateway encodes bodies of other types, forms included, as base64. */
const isTextType = (type: string): boolean =>
  /^(text\/|application\/(json|xml|javascript)|[^;]*\+(json|xml)\b)/i.test(type);

const parseQuery = (query: string): Record<string, string> | undefined => {
  if (query === '') return undefined;
  const all = Map.groupBy(new URLSearchParams(query), ([name]) => name);
  return Object.fromEntries([...all].map(([name, pairs]) => [name, pairs.map(([, value]) => value).join(',')]));
};

/** Such as `01/Dec/2026:07:00:00 +0000`. */
const formatLogTime = (at: Date): string =>
  DateTime.fromJSDate(at, { zone: 'utc' }).setLocale('en').toFormat('dd/LLL/yyyy:HH:mm:ss ZZZ');

/**
 * The event for a request in payload format version 2.0
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 */
export const buildApiEvent = (
  { name, host }: ApiPlan,
  { route, pathParameters }: RouteMatch,
  request: ApiRequest,
): object => {
  const { method, path, query, body, time } = request;
  const { cookie, ...headers } = request.headers;
  const isEncoded = body.length > 0 && !isTextType(headers['content-type'] ?? '');
  const parameters = parseQuery(query);
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: path,
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers: { host, ...headers },
    ...(parameters && { queryStringParameters: parameters }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    requestContext: {
      accountId,
      apiId: name,
      domainName: host,
      domainPrefix: name,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: request.sourceIp, userAgent: headers['user-agent'] ?? '' },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: '$default',
      time: formatLogTime(time),
      timeEpoch: time.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isEncoded ? 'base64' : 'utf8') }),
    isBase64Encoded: isEncoded,
  };
};
