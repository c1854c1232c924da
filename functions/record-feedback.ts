import { createTableClient } from './adapters/table/client.ts';
import { recordFeedback } from './record-feedback/record-feedback.ts';
import { createDynamoClient } from './runtime/clients.ts';
import { createFeedbackStores } from './runtime/create-feedback-stores.ts';
import { readFeedbackConfig } from './runtime/environment.ts';
import { createLambda } from './runtime/lambda.ts';
import { createSqsHandler } from './runtime/sqs.ts';

/** Takes SES's events on bounces and complaints from the feedback queue: records them. */
export const handler = createLambda('record-feedback', ({ log, runCorrelated, captureClient }) => {
  const table = createTableClient(createDynamoClient(captureClient), readFeedbackConfig().table);
  const now = () => new Date();
  const services = { ...createFeedbackStores(table, now), now, log, runCorrelated };
  return createSqsHandler({
    log,
    failureMessage: 'feedback could not be recorded',
    handleMessage: (event) => recordFeedback(services, event),
  });
});
