import { handle } from 'hono/aws-lambda';
import { createSesClient } from './adapters/ses-mailer.ts';
import { createClients } from './runtime/clients.ts';
import { createMailer } from './runtime/create-mailer.ts';
import { readClientConfig, readSubscriptionsConfig } from './runtime/environment.ts';
import { createLambda } from './runtime/lambda.ts';
import { readTemplates } from './runtime/read-templates.ts';
import { createSubscriptionsServices } from './runtime/subscriptions-services.ts';
import { createApp } from './subscriptions/create-app.ts';

/** Answers a request of the HTTP API (payload version 2): sign-ups, preferences, unsubscriptions, approvals. */
export const handler = createLambda('subscriptions', ({ log, captureClient }) => {
  const config = readSubscriptionsConfig();
  const services = createSubscriptionsServices({
    config,
    clients: createClients(readClientConfig(), captureClient),
    mailer: createMailer(config, () => captureClient(createSesClient())),
    templates: readTemplates(import.meta.url),
    log,
  });
  return handle(createApp(services, config.edgeKey));
});
