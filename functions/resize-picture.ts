import { fileURLToPath } from 'node:url';
import { createBucket } from './adapters/bucket.ts';
import { createPictureResizer } from './adapters/picture-resizer.ts';
import { createQueue } from './adapters/queue.ts';
import { createTableClient } from './adapters/table/client.ts';
import { createPictureStore } from './adapters/table/pictures.ts';
import { codecFiles, pictureWorkerModule } from './platform/contract.ts';
import { resizePictures } from './resize-picture/resize-pictures.ts';
import { createClients } from './runtime/clients.ts';
import { readClientConfig, readResizePictureConfig } from './runtime/environment.ts';
import { createLambda } from './runtime/lambda.ts';

/** Is called once a minute: makes the sizes of pictures that published articles show. */
export const handler = createLambda('resize-picture', ({ log, captureClient }) => {
  const config = readResizePictureConfig();
  const { s3, sqs, dynamo } = createClients(readClientConfig(), captureClient);
  const files = Object.keys(codecFiles);
  const services = {
    buckets: { seeds: createBucket(s3, config.seedsBucket), site: createBucket(s3, config.siteBucket) },
    pictures: createPictureStore(createTableClient(dynamo, config.table)),
    uploadsQueue: createQueue(sqs, config.uploadsQueue),
    resizer: createPictureResizer({
      entry: new URL(`${pictureWorkerModule}.mjs`, import.meta.url),
      codecs: Object.fromEntries(files.map((file) => [file, fileURLToPath(new URL(file, import.meta.url))])),
    }),
    now: () => new Date(),
    log,
  };
  return async (_event: unknown, context: { readonly getRemainingTimeInMillis: () => number }) =>
    resizePictures(services, () => context.getRemainingTimeInMillis());
});
