import { fileURLToPath } from 'node:url';
import { createBucket } from './adapters/bucket.ts';
import { createPictureResizer } from './adapters/picture-resizer.ts';
import { createQueue } from './adapters/queue.ts';
import { createCardStore } from './adapters/table/cards.ts';
import { createTableClient } from './adapters/table/client.ts';
import { createPictureStore } from './adapters/table/pictures.ts';
import { codecFiles, fontFiles, pictureWorkerModule } from './platform/contract.ts';
import { drawCards } from './resize-picture/draw-cards.ts';
import { resizePictures } from './resize-picture/resize-pictures.ts';
import { createClients } from './runtime/clients.ts';
import { readClientConfig, readResizePictureConfig } from './runtime/environment.ts';
import { createLambda } from './runtime/lambda.ts';

/** Is called once a minute: draws the cards of articles without a picture, and makes the sizes of pictures. */
export const handler = createLambda('resize-picture', ({ log, captureClient }) => {
  const config = readResizePictureConfig();
  const { s3, sqs, dynamo } = createClients(readClientConfig(), captureClient);
  const table = createTableClient(dynamo, config.table);
  const toPath = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
  const services = {
    buckets: { seeds: createBucket(s3, config.seedsBucket), site: createBucket(s3, config.siteBucket) },
    pictures: createPictureStore(table),
    cards: createCardStore(table),
    uploadsQueue: createQueue(sqs, config.uploadsQueue),
    resizer: createPictureResizer({
      entry: new URL(`${pictureWorkerModule}.mjs`, import.meta.url),
      codecs: Object.fromEntries(Object.keys(codecFiles).map((file) => [file, toPath(file)])),
      fonts: Object.keys(fontFiles).map(toPath),
    }),
    now: () => new Date(),
    log,
  };
  return async (_event: unknown, context: { readonly getRemainingTimeInMillis: () => number }) => {
    const getTimeLeftMs = () => context.getRemainingTimeInMillis();
    await drawCards(services, getTimeLeftMs);
    await resizePictures(services, getTimeLeftMs);
  };
});
