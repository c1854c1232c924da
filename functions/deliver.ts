import type { Context, SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { createSesClient } from './adapters/ses-mailer.ts';
import { deliverMessages } from './delivering/deliver-messages.ts';
import { readDeliveringConfig, readLambda } from './runtime/config.ts';
import { createMailer } from './runtime/create-mailer.ts';
import { createDeliveringServices } from './runtime/delivering-services.ts';
import { createLog } from './runtime/log.ts';
import { createClients } from './runtime/services.ts';
import { createTrace } from './runtime/trace.ts';

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
  const lambda = readLambda();
  const log = createLog('deliver', lambda);
  const trace = createTrace('deliver', lambda);
  const config = readDeliveringConfig();
  const services = createDeliveringServices({
    config,
    ...createClients(config, trace.capture),
    mailer: createMailer(config.publication, config.mail, () => trace.capture(createSesClient())),
    log,
    about: trace.about,
  });
  return { services, log };
};
