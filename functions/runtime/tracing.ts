import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { performance } from 'node:perf_hooks';
import type { RunCorrelated } from '../platform/logger.ts';
import { runWithCorrelationId } from './correlation.ts';
import { type LambdaEnvironment, readTraceHeader } from './environment.ts';

interface CallContext {
  readonly clientName?: string;
  readonly commandName?: string;
}

interface CallOutcome {
  readonly output: { readonly $metadata: { readonly requestId?: string; readonly httpStatusCode?: number } };
}

type RunCall = (request: never) => Promise<CallOutcome>;

/** What all clients of the AWS SDK have. */
interface TracedClient {
  readonly middlewareStack: {
    add(
      middleware: (next: RunCall, context: CallContext) => RunCall,
      options: { readonly step: 'initialize'; readonly name: string },
    ): void;
  };
}

export type CaptureClient = <Client extends TracedClient>(client: Client) => Client;

export interface Tracing {
  readonly runCorrelated: RunCorrelated;
  readonly captureClient: CaptureClient;
}

const createSegmentId = (): string => randomBytes(8).toString('hex');

const toSeconds = (elapsedMs: number): number => (performance.timeOrigin + elapsedMs) / 1000;

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html#api-segmentdocuments-errors */
const describeFailure = (error: unknown): object => ({
  fault: true,
  cause: {
    exceptions: [
      error instanceof Error
        ? { id: createSegmentId(), type: error.name, message: error.message }
        : { id: createSegmentId(), message: String(error) },
    ],
  },
});

const describeCall = (operation: string, outcome?: CallOutcome): object => ({
  namespace: 'aws',
  aws: { operation, request_id: outcome?.output.$metadata.requestId },
  http: outcome && { response: { status: outcome.output.$metadata.httpStatusCode } },
});

interface TracedWork<T> {
  readonly name: string;
  readonly fields: object;
  readonly describeResult?: (result: T) => object;
}

/** Sends subsegments of the invocation's trace to the daemon that Lambda runs beside the function. */
const createSubsegments = (daemon: string) => {
  const [host, port] = daemon.split(':');
  const socket = createSocket('udp4').unref();
  const parentId = new AsyncLocalStorage<string>();

  const send = (segment: object): void =>
    socket.send(`{"format":"json","version":1}\n${JSON.stringify(segment)}`, Number(port), host, () => undefined);

  return async <T>({ name, fields, describeResult }: TracedWork<T>, work: () => Promise<T>): Promise<T> => {
    const header = readTraceHeader();
    if (!header.isSampled) return work();
    const id = createSegmentId();
    const start = performance.now();
    const end = (outcome: object): void =>
      send({
        type: 'subsegment',
        id,
        trace_id: header.traceId,
        parent_id: parentId.getStore() ?? header.parentId,
        name,
        start_time: toSeconds(start),
        end_time: toSeconds(performance.now()),
        ...fields,
        ...outcome,
      });
    try {
      const result = await parentId.run(id, work);
      end(describeResult?.(result) ?? {});
      return result;
    } catch (error) {
      end(describeFailure(error));
      throw error;
    }
  };
};

/**
 * Traces for X-Ray: a subsegment with the calls to AWS for each upload or issue, annotated with its id. X-Ray's own SDK
 * would be a fifth of the smallest function, and is no longer developed: docs/decisions/0043-what-publish-loads.md.
 */
export const createTracing = ({ tracingDaemon }: Pick<LambdaEnvironment, 'tracingDaemon'>): Tracing => {
  if (tracingDaemon === undefined)
    return {
      runCorrelated: (_what, id, work) => runWithCorrelationId(id, work),
      captureClient: (client) => client,
    };
  const runTraced = createSubsegments(tracingDaemon);
  return {
    runCorrelated: (what, id, work) =>
      runWithCorrelationId(id, () => runTraced({ name: what, fields: { annotations: { correlation_id: id } } }, work)),
    captureClient: (client) => {
      client.middlewareStack.add(
        (next, { clientName = 'AWS', commandName = '' }) =>
          (request) => {
            const operation = commandName.replace(/Command$/, '');
            return runTraced(
              {
                name: clientName.replace(/Client$/, ''),
                fields: describeCall(operation),
                describeResult: (outcome) => describeCall(operation, outcome),
              },
              () => next(request),
            );
          },
        { step: 'initialize', name: 'traceCalls' },
      );
      return client;
    },
  };
};
