import { createContext, Script } from 'node:vm';
import { z } from 'zod';

export type EdgeHeaders = Record<string, { value: string }>;

export interface EdgeRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: EdgeHeaders;
}

export interface EdgeResponse {
  readonly statusCode: number;
  readonly headers: EdgeHeaders;
}

const headers = z.record(z.string(), z.object({ value: z.string() }));
const responseSchema = z.object({ statusCode: z.number(), headers: headers.default({}) });
const requestSchema = z.object({ method: z.string(), uri: z.string(), headers });

type PlainHeaders = Readonly<Record<string, string | string[] | undefined>>;

export const toEdgeHeaders = (headers: PlainHeaders): EdgeHeaders =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, { value: [value].flat().join(', ') }]],
    ),
  );

export const toNodeHeaders = (headers: EdgeHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));

export interface EdgeFunction {
  onRequest(incoming: EdgeRequest): Promise<EdgeRequest | EdgeResponse>;
  onResponse(incoming: EdgeRequest, outgoing: EdgeResponse): Promise<EdgeResponse>;
}

/** Runs a CloudFront Function in its own context, with a time limit for a busy laptop. */
export const createEdgeFunction = (code: string): EdgeFunction => {
  // Its variables are those of one request. A context for each request would take most of the time.
  const script = new Script(`(() => {${code}\n;return handler(event)})()`, { filename: 'cloudfront-function.js' });
  const context = createContext({ console });
  const run = async (event: object): Promise<unknown> => {
    context.event = structuredClone(event);
    return await script.runInContext(context, { timeout: 1000 });
  };
  const buildEvent = (eventType: string) => ({
    version: '1.0',
    context: { eventType, requestId: 'local', distributionId: 'local', distributionDomainName: 'local' },
    viewer: { ip: '127.0.0.1' },
  });
  const toEventRequest = (incoming: EdgeRequest) => ({ ...incoming, querystring: {}, cookies: {} });
  return {
    onRequest: async (incoming) =>
      z
        .union([responseSchema, requestSchema])
        .parse(await run({ ...buildEvent('viewer-request'), request: toEventRequest(incoming) })),
    onResponse: async (incoming, outgoing) =>
      responseSchema.parse(
        await run({
          ...buildEvent('viewer-response'),
          request: toEventRequest(incoming),
          response: { ...outgoing, statusDescription: '', cookies: {} },
        }),
      ),
  };
};
