import { fileURLToPath } from 'node:url';
import { SQSClient } from '@aws-sdk/client-sqs';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { createSesClient } from './adapters/ses-mailer.ts';
import { templatesFile } from './platform/contract.ts';
import { createMailer } from './runtime/create-mailer.ts';
import { readLambdaEnvironment, readSubscriptionsConfig } from './runtime/environment.ts';
import { createLog } from './runtime/log.ts';
import { createDynamoClient, readTemplates } from './runtime/publish-services.ts';
import { createSubscriptionsServices } from './runtime/subscriptions-services.ts';
import { createTracing } from './runtime/tracing.ts';
import { createApprovalRoutes } from './subscriptions/approval-routes.ts';
import { createApp } from './subscriptions/create-app.ts';

/** Called by the HTTP API (payload version 2) with one request of a reader. */
export const handler = async (event: LambdaEvent, context: LambdaContext) => {
  const { handleRequest: answer, log } = start();
  try {
    return await answer(event, context);
  } finally {
    log.flush();
  }
};

/** Once per cold start. */
const start = () => (started ??= wire());
let started: ReturnType<typeof wire> | undefined;

const wire = () => {
  const lambda = readLambdaEnvironment();
  const log = createLog('subscriptions', lambda);
  const trace = createTracing('subscriptions', lambda);
  const config = readSubscriptionsConfig();
  const services = createSubscriptionsServices({
    config,
    dynamo: createDynamoClient(trace.captureClient),
    sqs: trace.captureClient(new SQSClient(config.clients.sqs)),
    mailer: createMailer(config.publication, config.mail, () => trace.captureClient(createSesClient())),
    templates: readTemplates(fileURLToPath(new URL(templatesFile, import.meta.url))),
    log,
  });
  const app = createApp(services, config.edgeKey).route('/', createApprovalRoutes(services));
  return { handleRequest: handle(app), log };
};
