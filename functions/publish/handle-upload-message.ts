import { z } from 'zod';
import { formatUploadId } from '../core/lifecycle/upload-id.ts';
import { recordUpload } from './record-upload.ts';
import type { PublishServices } from './services.ts';

/** What the uploads queue carries: events of the seeds bucket, the minute's tick, and the builder's own "go on". */
const uploadMessageSchema = z.discriminatedUnion('source', [
  z.object({
    source: z.literal('aws.s3'),
    detail: z.object({
      object: z.object({ key: z.string(), sequencer: z.string().regex(/^[0-9a-fA-F]+$/) }),
    }),
  }),
  z.object({ source: z.literal('aws.events'), time: z.string() }),
  z.object({ source: z.literal('seedpress.build') }),
]);

/** S3 says to compare sequencers as text after padding the shorter with zeros on its right. */
const sequencerLength = 40;

/** What follows from a message: `request` a build that must see it, `nudge` a build if one was forgotten. */
export type BuildTrigger = 'request' | 'nudge' | 'none';

/**
 * Records what a message tells of. EventBridge gives keys as they are; they are not URL-encoded as in S3's own messages.
 * @throws when the message is not one of ours, or a record cannot be written
 */
export const handleUploadMessage = async (
  services: PublishServices,
  body: unknown,
): Promise<BuildTrigger> => {
  const message = uploadMessageSchema.parse(body);
  if (message.source === 'seedpress.build') return 'nudge';
  if (message.source === 'aws.events') return (await markDueSeeds(services)) ? 'request' : 'nudge';
  const { key, sequencer } = message.detail.object;
  const upload = { key, sequencer: sequencer.toUpperCase().padEnd(sequencerLength, '0') };
  const recorded = await services.runCorrelated('upload', formatUploadId(upload), () =>
    recordUpload(services, upload),
  );
  return recorded ? 'request' : 'none';
};

/** Marks the articles whose stated time has come; false where there are none. */
const markDueSeeds = async ({ lists, now, seeds }: PublishServices): Promise<boolean> => {
  const keys = await lists.listDueSeeds(now().toISOString());
  await seeds.markChanged(keys.map((key) => ({ key, sequencer: '' })));
  return keys.length > 0;
};
