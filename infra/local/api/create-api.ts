import { availableParallelism } from 'node:os';
import type { ApiPlan } from '../template/plan.ts';
import { chooseRoute } from './choose-route.ts';
import { type ApiRequest, describeRequest } from './describe-request.ts';
import { type ApiAnswer, ownAnswer, readAnswer } from './read-answer.ts';

/** Answers requests as an HTTP API of the template would. */
export type Api = (request: ApiRequest) => Promise<ApiAnswer>;

/** Bytes that a Lambda can be called with. */
const largestBody = 6_000_000;

export interface ApiProps {
  readonly plan: ApiPlan;
  /** Calls a function by its name. */
  readonly invoke: (name: string, event: unknown) => Promise<unknown>;
  readonly onFailure: (error: unknown, functionName: string) => void;
}

/** Lets so many work at once; the others wait for their turn. */
const createGate = (places: number) => {
  let free = places;
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
export const createApi = ({ plan, invoke, onFailure }: ApiProps): Api => {
  const enter = createGate(Math.max(2, availableParallelism()));
  return async (request) => {
    const chosen = chooseRoute(plan.routes, request.method, request.path);
    if (!chosen) return ownAnswer(404, 'Not Found');
    if (request.body.length > largestBody) return ownAnswer(413, 'Request Too Long');
    const { function: name } = chosen.route;
    try {
      return readAnswer(await enter(() => invoke(name, describeRequest(plan, chosen, request))));
    } catch (error) {
      onFailure(error, name);
      return ownAnswer(500, 'Internal Server Error');
    }
  };
};
