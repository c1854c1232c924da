import * as z from 'zod';
import { parseSeedVersion } from '../core/lifecycle/parse-seed-version.ts';

/** The main module of the process in which seeds are parsed: each message is a seed, and is answered by one message. */
const seedSchema = z.object({
  key: z.string(),
  bytes: z.instanceof(Uint8Array),
  timeZone: z.string(),
  language: z.string().exactOptional(),
  uploadedAt: z.string(),
  site: z.string(),
  publicationId: z.string(),
  sequencer: z.string(),
  isPreview: z.boolean().exactOptional(),
});

process.on('message', (message) => process.send?.(parseSeedVersion(seedSchema.parse(message))));
process.send?.('ready');
