import { Tracer } from '@aws-lambda-powertools/tracer';
import type { RunCorrelated } from '../platform/logger.ts';
import { runWithCorrelationId } from './correlation.ts';
import type { LambdaEnvironment } from './environment.ts';

/** Follows a client's calls. It gives back the client that it was given. */
export type CaptureClient = <Client>(client: Client) => Client;

export interface Tracing {
  readonly runCorrelated: RunCorrelated;
  readonly captureClient: CaptureClient;
}

/**
 * Traces for X-Ray: a segment for each upload or issue that an invocation works on, found by its id, with the calls
 * to AWS in it. Where nobody takes traces, nothing is traced, and nothing waits for it.
 */
export const createTracing = (
  service: string,
  { isTracingEnabled: enabled }: Pick<LambdaEnvironment, 'isTracingEnabled'>,
): Tracing => {
  // The SDK's clients tell of their calls themselves.
  const tracer = new Tracer({ serviceName: service, enabled, captureHTTPsRequests: false });
  const runTraced: RunCorrelated = (what, id, work) =>
    new Promise((resolve, reject) => {
      tracer.provider.captureAsyncFunc(what, async (segment) => {
        segment?.addAnnotation('correlation_id', id);
        try {
          resolve(await work());
        } catch (error) {
          if (error instanceof Error) segment?.addError(error);
          reject(error);
        } finally {
          segment?.close();
        }
      });
    });
  const runWork = tracer.isTracingEnabled() ? runTraced : undefined;
  return {
    runCorrelated: (what, id, work) =>
      runWithCorrelationId(id, () => (runWork ? runWork(what, id, work) : work())),
    captureClient: (client) => tracer.captureAWSv3Client(client),
  };
};
