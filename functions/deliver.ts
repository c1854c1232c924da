import type { Context, SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { createSesClient } from './adapters/ses-mailer.ts';
import { deliverMessages } from './deliver/deliver-messages.ts';
import { createMailer } from './runtime/create-mailer.ts';
import { createDeliverServices } from './runtime/deliver-services.ts';
import { readDeliverConfig, readLambdaEnvironment } from './runtime/environment.ts';
import { createLog } from './runtime/log.ts';
import { createClients } from './runtime/publish-services.ts';
import { createTracing } from './runtime/tracing.ts';

/** Called by AWS with messages of the deliveries queue; those that fail come again by themselves. */
export const handler = async (
  event: { readonly Records: readonly Pick<SQSRecord, 'messageId' | 'body'>[] },
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> => {
  const { services, log } = start();
  try {
    const messages = event.Records.map(({ messageId, body }) => ({ id: messageId, body }));
    const failed = await deliverMessages(services, messages, () => context.getRemainingTimeInMillis());
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  } finally {
    log.flush();
  }
};

/** Once per cold start. */
const start = () => (started ??= wire());
let started: ReturnType<typeof wire> | undefined;

const wire = () => {
  const lambda = readLambdaEnvironment();
  const log = createLog('deliver', lambda);
  const trace = createTracing('deliver', lambda);
  const config = readDeliverConfig();
  const services = createDeliverServices({
    config,
    ...createClients(config, trace.captureClient),
    mailer: createMailer(config.publication, config.mail, () => trace.captureClient(createSesClient())),
    log,
    runCorrelated: trace.runCorrelated,
  });
  return { services, log };
};
