import type { Log } from '../platform/logger.ts';
import { readLambdaEnvironment } from './environment.ts';
import { createLog } from './log.ts';
import { createTracing, type Tracing } from './tracing.ts';

export interface LambdaTools extends Tracing {
  readonly log: Log;
}

type Handler<Args extends unknown[], Result> = (...args: Args) => Promise<Result>;

/**
 * The handler of a Lambda. It is wired at the first call after a cold start, so importing its file reads no
 * environment.
 * @param name of the file under `functions/`; logs and traces carry it
 */
export const createLambda = <Args extends unknown[], Result>(
  name: string,
  wire: (tools: LambdaTools) => Handler<Args, Result>,
): Handler<Args, Result> => {
  const start = () => {
    const environment = readLambdaEnvironment();
    const log = createLog(name, environment);
    return { log, handle: wire({ log, ...createTracing(environment) }) };
  };
  let started: ReturnType<typeof start> | undefined;
  return async (...args) => {
    started ??= start();
    try {
      return await started.handle(...args);
    } finally {
      started.log.flush();
    }
  };
};
