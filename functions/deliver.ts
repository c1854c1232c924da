import type { Context, SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { deliverMessages } from './delivering/deliver-messages.ts';
import { readDeliveringConfig } from './runtime/config.ts';
import { createMailer } from './runtime/create-mailer.ts';
import { createDeliveringServices } from './runtime/delivering-services.ts';
import { createLog } from './runtime/log.ts';
import { createClients } from './runtime/services.ts';

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
  const log = createLog('deliver');
  const config = readDeliveringConfig();
  const services = createDeliveringServices({
    config,
    ...createClients(config),
    mailer: createMailer(config.publication, config.mail),
    log,
  });
  return { services, log };
};
