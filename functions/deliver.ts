import { createBulkSesClient } from './adapters/ses-mailer.ts';
import { createDeliveryHandler } from './deliver/create-delivery-handler.ts';
import { createClients } from './runtime/clients.ts';
import { createMailer } from './runtime/create-mailer.ts';
import { createDeliverServices } from './runtime/deliver-services.ts';
import { readClientConfig, readDeliverConfig } from './runtime/environment.ts';
import { createLambda } from './runtime/lambda.ts';
import { createSqsHandler } from './runtime/sqs.ts';

/** Takes messages of the deliveries queue: sends each delivery batch to its recipients. */
export const handler = createLambda('deliver', ({ log, runCorrelated, captureClient }) => {
  const config = readDeliverConfig();
  const services = createDeliverServices({
    config,
    clients: createClients(readClientConfig(), captureClient),
    mailer: createMailer(config, () => captureClient(createBulkSesClient())),
    log,
    runCorrelated,
  });
  return createSqsHandler({
    log,
    failureMessage: 'a batch could not be delivered',
    ...createDeliveryHandler(services),
  });
});
