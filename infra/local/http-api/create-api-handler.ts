import { availableParallelism } from 'node:os';
import { createTokenBucket } from '../base/create-token-bucket.ts';
import { type ApiRequest, buildApiEvent } from './build-api-event.ts';
import { type ApiResponse, buildErrorResponse, parseApiResponse } from './parse-api-response.ts';
import type { ApiPlan } from './plan-apis.ts';
import { selectRoute } from './select-route.ts';

export type ApiHandler = (request: ApiRequest) => Promise<ApiResponse>;

/** The limit of a Lambda's payload. */
const maxBodyBytes = 6_000_000;

export interface ApiHandlerProps {
  readonly plan: ApiPlan;
  readonly invoke: (name: string, event: unknown) => Promise<unknown>;
  readonly onFailure: (error: unknown, functionName: string) => void;
  readonly now?: () => Date;
}

const createLimiter = (limit: number) => {
  let free = limit;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
};

/** Handles the requests to an HTTP API. No more functions run at once than there are processors, or two. */
export const createApiHandler = ({ plan, invoke, onFailure, now = () => new Date() }: ApiHandlerProps): ApiHandler => {
  const throttle = plan.throttle && createTokenBucket(plan.throttle, now);
  const runLimited = createLimiter(Math.max(2, availableParallelism()));
  return async (request) => {
    const chosen = selectRoute(plan.routes, request.method, request.path);
    if (!chosen) return buildErrorResponse(404, 'Not Found');
    if (throttle?.take() === false) return buildErrorResponse(429, 'Too Many Requests');
    if (request.body.length > maxBodyBytes) return buildErrorResponse(413, 'Request Too Long');
    const { function: name } = chosen.route;
    try {
      return parseApiResponse(await runLimited(() => invoke(name, buildApiEvent(plan, chosen, request))));
    } catch (error) {
      onFailure(error, name);
      return buildErrorResponse(500, 'Internal Server Error');
    }
  };
};
