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
});

/** Settings of a function, from the only place that reads the environment. */
export const readConfig = (environment: NodeJS.ProcessEnv) => {
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
  };
};

export type Config = ReturnType<typeof readConfig>;
