import { z } from 'zod';
import { recordFeedback } from './record-feedback/record-feedback.ts';
import { createFeedbackServices } from './runtime/deliver-services.ts';
import { readFeedbackConfig, readLambdaEnvironment } from './runtime/environment.ts';
import { createLog } from './runtime/log.ts';
import { createDynamoClient } from './runtime/publish-services.ts';
import { createTracing } from './runtime/tracing.ts';

/** Messages of a queue that a rule fills, each an event; or the event itself, where the rule calls the function. */
const eventSchema = z.union([
  z
    .object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) })
    .transform(({ Records }) => ({ messages: Records })),
  z.looseObject({ source: z.string() }).transform((event) => ({ event })),
]);

/** Called by AWS with what SES tells of mails. What could not be recorded comes again by itself. */
export const handler = async (
  input: unknown,
): Promise<{ batchItemFailures: { itemIdentifier: string }[] } | undefined> => {
  const { services, log } = start();
  try {
    const read = eventSchema.parse(input);
    if ('event' in read) {
      await recordFeedback(services, read.event);
      return undefined;
    }
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { messageId, body } of read.messages) {
      try {
        await recordFeedback(services, JSON.parse(body));
      } catch (error) {
        log.error('feedback could not be recorded', error);
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  } finally {
    log.flush();
  }
};

/** Once per cold start. */
const start = () => (started ??= wire());
let started: ReturnType<typeof wire> | undefined;

const wire = () => {
  const lambda = readLambdaEnvironment();
  const log = createLog('record-feedback', lambda);
  const trace = createTracing('record-feedback', lambda);
  const { table } = readFeedbackConfig();
  return {
    services: createFeedbackServices({
      table,
      dynamo: createDynamoClient(trace.captureClient),
      log,
      runCorrelated: trace.runCorrelated,
    }),
    log,
  };
};
