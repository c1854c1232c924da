import { Tracer } from '@aws-lambda-powertools/tracer';
import type { About } from '../publishing/services.ts';
import type { Lambda } from './config.ts';
import { correlate } from './correlation.ts';

/** Follows a client's calls. It gives back the client that it was given. */
export type Capture = <Client>(client: Client) => Client;

export interface Trace {
  readonly about: About;
  readonly capture: Capture;
}

/**
 * Traces for X-Ray: a segment for each upload or issue that an invocation works on, found by its id, with the calls
 * to AWS in it. Where nobody takes traces, nothing is traced, and nothing waits for it.
 */
export const createTrace = (
  service: string,
  { takesTraces: enabled }: Pick<Lambda, 'takesTraces'>,
): Trace => {
  // The SDK's clients tell of their calls themselves.
  const tracer = new Tracer({ serviceName: service, enabled, captureHTTPsRequests: false });
  const traced: About = (what, id, work) =>
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
  const follow = tracer.isTracingEnabled() ? traced : undefined;
  return {
    about: (what, id, work) => correlate(id, () => (follow ? follow(what, id, work) : work())),
    capture: (client) => tracer.captureAWSv3Client(client),
  };
};
