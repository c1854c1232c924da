import { availableParallelism } from 'node:os';
import { type ApiRequest, buildApiEvent } from './build-api-event.ts';
import { type ApiResponse, buildErrorResponse, parseApiResponse } from './parse-api-response.ts';
import type { ApiPlan } from './plan-apis.ts';
import { selectRoute } from './select-route.ts';

/** Answers requests as an HTTP API of the template would. */
export type ApiHandler = (request: ApiRequest) => Promise<ApiResponse>;

/** Bytes that a Lambda can be called with. */
const maxBodyBytes = 6_000_000;

export interface ApiHandlerProps {
  readonly plan: ApiPlan;
  /** Calls a function by its name. */
  readonly invoke: (name: string, event: unknown) => Promise<unknown>;
  readonly onFailure: (error: unknown, functionName: string) => void;
}

/** Lets so many work at once; the others wait for their turn. */
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

/** An HTTP API before functions. No more of them run at once than there are processors, at least two. */
export const createApiHandler = ({ plan, invoke, onFailure }: ApiHandlerProps): ApiHandler => {
  const runLimited = createLimiter(Math.max(2, availableParallelism()));
  return async (request) => {
    const chosen = selectRoute(plan.routes, request.method, request.path);
    if (!chosen) return buildErrorResponse(404, 'Not Found');
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
