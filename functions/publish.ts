import { readFileSync } from 'node:fs';
import { createSeedParser } from './adapters/seed-parser.ts';
import { documentCodeFile, seedParserModule } from './platform/contract.ts';
import { buildIfTriggered } from './publish/build-if-triggered.ts';
import { handleUploadMessage } from './publish/handle-upload-message.ts';
import { createClients } from './runtime/clients.ts';
import { readClientConfig, readProcessEnvironment, readPublishConfig } from './runtime/environment.ts';
import { createLambda } from './runtime/lambda.ts';
import { createPublishServices } from './runtime/publish-services.ts';
import { readTemplates, readThemeFiles } from './runtime/read-templates.ts';
import { createSqsHandler } from './runtime/sqs.ts';

/** Takes messages of the uploads queue: records each, then builds the site once for all of them. */
export const handler = createLambda('publish', ({ log, runCorrelated, captureClient }) => {
  const services = createPublishServices({
    config: readPublishConfig(),
    clients: createClients(readClientConfig(), captureClient),
    templates: readTemplates(import.meta.url),
    themeFiles: readThemeFiles(import.meta.url),
    documentCode: readFileSync(new URL(documentCodeFile, import.meta.url), 'utf8'),
    seedParser: createSeedParser({
      entry: new URL(`${seedParserModule}.mjs`, import.meta.url),
      environment: readProcessEnvironment(),
    }),
    log,
    runCorrelated,
  });
  return createSqsHandler({
    log,
    failureMessage: 'a message could not be handled',
    concurrency: 10,
    handleMessage: (message, getTimeLeftMs) => handleUploadMessage(services, message, getTimeLeftMs),
    finishBatch: (handled, getTimeLeftMs) => buildIfTriggered(services, handled, getTimeLeftMs),
  });
});
