import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { fingerprint } from './core/identity.ts';
import { publishMessages } from './publishing/publish-messages.ts';
import { readConfig, readLambda } from './runtime/config.ts';
import { templatesFile } from './runtime/contract.ts';
import { createLog } from './runtime/log.ts';
import { createClients, createServices, readTemplates } from './runtime/services.ts';
import { createTrace } from './runtime/trace.ts';

/** Called by AWS with up to ten messages of the uploads queue; those that fail come again by themselves. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const { services, log } = start();
  try {
    const messages = event.Records.map(({ messageId, body }) => ({ id: messageId, body }));
    const failed = await publishMessages(services, messages, () => context.getRemainingTimeInMillis());
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
  const log = createLog('publish', lambda);
  const trace = createTrace('publish', lambda);
  const config = readConfig();
  const services = createServices({
    config,
    clients: createClients(config, trace.capture),
    templates: readTemplates(fileURLToPath(new URL(templatesFile, import.meta.url))),
    code: fingerprint(readFileSync(fileURLToPath(import.meta.url), 'utf8')),
    log,
    about: trace.about,
  });
  return { services, log };
};
