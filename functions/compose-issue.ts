import { createSesClient } from './adapters/ses-mailer.ts';
import { handleComposeMessage } from './compose-issue/handle-compose-message.ts';
import { createClients } from './runtime/clients.ts';
import { createComposeIssueServices } from './runtime/compose-issue-services.ts';
import { createMailer } from './runtime/create-mailer.ts';
import { readClientConfig, readComposeIssueConfig } from './runtime/environment.ts';
import { createLambda } from './runtime/lambda.ts';
import { readTemplates } from './runtime/read-templates.ts';
import { createSqsHandler } from './runtime/sqs.ts';

/** Takes messages of the issues queue, which schedules and approvals send: composes the issue of a cadence. */
export const handler = createLambda('compose-issue', ({ log, runCorrelated, captureClient }) => {
  const config = readComposeIssueConfig();
  const services = createComposeIssueServices({
    config,
    clients: createClients(readClientConfig(), captureClient),
    mailer: createMailer(config, () => captureClient(createSesClient())),
    templates: readTemplates(import.meta.url),
    log,
    runCorrelated,
  });
  return createSqsHandler({
    log,
    failureMessage: 'an issue could not be composed',
    handleMessage: (message, getTimeLeftMs) => handleComposeMessage(services, message, getTimeLeftMs),
  });
});
