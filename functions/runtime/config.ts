import { z } from 'zod';
import { parsePublication } from '../core/publication.ts';
import { variables } from './contract.ts';

const filled = z.string().min(1);

const environmentSchema = z.object({
  [variables.publication]: filled,
  [variables.siteAddress]: filled,
  [variables.seedsBucket]: filled,
  [variables.siteBucket]: filled,
  [variables.deskBucket]: filled,
  [variables.table]: filled,
  [variables.uploadsQueue]: filled,
  AWS_ENDPOINT_URL_S3: z.url().optional(),
  AWS_ENDPOINT_URL_SQS: z.url().optional(),
});

/**
 * Settings of a function, from the only place that reads the environment.
 * @throws when a variable of the contract is missing, or the publication's settings have mistakes
 */
export const readConfig = (environment = process.env) => {
  const read = environmentSchema.parse(environment);
  return {
    publication: parsePublication(JSON.parse(read[variables.publication])),
    site: read[variables.siteAddress].replace(/\/$/, ''),
    buckets: {
      seeds: read[variables.seedsBucket],
      site: read[variables.siteBucket],
      desk: read[variables.deskBucket],
    },
    table: read[variables.table],
    uploadsQueue: read[variables.uploadsQueue],
    clients: {
      // Outside AWS an endpoint is a host and a port, which has no subdomain for each bucket.
      s3: { forcePathStyle: read.AWS_ENDPOINT_URL_S3 !== undefined },
      sqs: { useQueueUrlAsEndpoint: read.AWS_ENDPOINT_URL_SQS === undefined },
    },
  };
};

export type Config = ReturnType<typeof readConfig>;
