import * as z from 'zod';
import { formatUploadId, pictureSizesSchema, rejectionSchema } from '../core/lifecycle/seed-record.ts';
import { recordUpload } from './record-upload.ts';
import type { PublishServices } from './services.ts';

/** The messages of the uploads queue: events of the seeds bucket, a tick every minute, what became of pictures, and requests to build. */
const uploadMessageSchema = z.discriminatedUnion('source', [
  z.object({
    source: z.literal('aws.s3'),
    detail: z.object({ object: z.object({ key: z.string(), sequencer: z.string().regex(/^[0-9a-fA-F]+$/) }) }),
  }),
  z.object({ source: z.literal('aws.events'), time: z.string() }),
  z.object({ source: z.literal('seedpress.build') }),
  z.object({
    source: z.literal('seedpress.picture'),
    key: z.string(),
    etag: z.string(),
    sizes: pictureSizesSchema,
    rejection: rejectionSchema.exactOptional(),
  }),
]);

type UploadMessage = z.infer<typeof uploadMessageSchema>;

/** S3 says to compare sequencers as text after padding the shorter with zeros on its right. */
const sequencerLength = 40;

/** `request`: a build must see the change. `ifBehind`: build only if an earlier request was not followed by a build. */
export type BuildTrigger = 'request' | 'ifBehind' | 'none';

/**
 * Records what a message reports. EventBridge gives keys as they are, not URL-encoded as in S3's own notifications.
 * @throws when the message is not one of ours, or a record cannot be written
 */
export const handleUploadMessage = async (
  services: PublishServices,
  body: unknown,
  getTimeLeftMs: () => number,
): Promise<BuildTrigger> => {
  const message = uploadMessageSchema.parse(body);
  if (message.source === 'seedpress.build') return 'ifBehind';
  if (message.source === 'aws.events') return (await markDueSeeds(services)) ? 'request' : 'ifBehind';
  if (message.source === 'seedpress.picture') return (await recordSizes(services, message)) ? 'request' : 'none';
  const { key, sequencer } = message.detail.object;
  const upload = { key, sequencer: sequencer.toUpperCase().padEnd(sequencerLength, '0') };
  const recorded = await services.runCorrelated('upload', formatUploadId(upload), () =>
    recordUpload(services, upload, getTimeLeftMs),
  );
  return recorded ? 'request' : 'none';
};

const recordSizes = async (
  { seeds, log }: PublishServices,
  { key, etag, sizes, rejection }: Extract<UploadMessage, { source: 'seedpress.picture' }>,
): Promise<boolean> => {
  const refused = rejection && { rejection: { ...rejection, isAfterwards: true } as const };
  if (!(await seeds.saveSizes({ key, etag }, { sizes, ...refused }))) return false;
  if (rejection) {
    log.count('rejections', 1);
    log.warn('seed rejected', { key, ...rejection });
  }
  await seeds.markChanged([{ key, sequencer: 'sizes' }]);
  return true;
};

const markDueSeeds = async ({ lists, now, seeds }: PublishServices): Promise<boolean> => {
  const keys = await lists.listDueSeeds(now().toISOString());
  await seeds.markChanged(keys.map((key) => ({ key, sequencer: '' })));
  return keys.length > 0;
};
