import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { fingerprint } from './core/identity.ts';
import { templatesFile } from './platform/contract.ts';
import { publishMessages } from './publish/publish-messages.ts';
import { readLambdaEnvironment, readPublishConfig } from './runtime/environment.ts';
import { createLog } from './runtime/log.ts';
import { createClients, createPublishServices, readTemplates } from './runtime/publish-services.ts';
import { createTracing } from './runtime/tracing.ts';

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
  const lambda = readLambdaEnvironment();
  const log = createLog('publish', lambda);
  const trace = createTracing('publish', lambda);
  const config = readPublishConfig();
  const services = createPublishServices({
    config,
    clients: createClients(config, trace.captureClient),
    templates: readTemplates(fileURLToPath(new URL(templatesFile, import.meta.url))),
    codeFingerprint: fingerprint(readFileSync(fileURLToPath(import.meta.url), 'utf8')),
    log,
    runCorrelated: trace.runCorrelated,
  });
  return { services, log };
};
