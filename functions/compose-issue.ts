import { fileURLToPath } from 'node:url';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createSesClient } from './adapters/ses-mailer.ts';
import { composeMessages } from './compose-issue/compose-messages.ts';
import { templatesFile } from './platform/contract.ts';
import { createComposeIssueServices } from './runtime/compose-issue-services.ts';
import { createMailer } from './runtime/create-mailer.ts';
import { readComposeIssueConfig, readLambdaEnvironment } from './runtime/environment.ts';
import { createLog } from './runtime/log.ts';
import { createClients, readTemplates } from './runtime/publish-services.ts';
import { createTracing } from './runtime/tracing.ts';

/** Called by AWS with calls of the issues queue, which the schedules and approvals fill; those that fail come again. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const { services, log } = start();
  try {
    const messages = event.Records.map(({ messageId, body }) => ({ id: messageId, body }));
    const failed = await composeMessages(services, messages, () => context.getRemainingTimeInMillis());
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
  const log = createLog('compose-issue', lambda);
  const trace = createTracing('compose-issue', lambda);
  const config = readComposeIssueConfig();
  const services = createComposeIssueServices({
    config,
    clients: createClients(config, trace.captureClient),
    mailer: createMailer(config.publication, config.mail, () => trace.captureClient(createSesClient())),
    templates: readTemplates(fileURLToPath(new URL(templatesFile, import.meta.url))),
    log,
    runCorrelated: trace.runCorrelated,
  });
  return { services, log };
};
