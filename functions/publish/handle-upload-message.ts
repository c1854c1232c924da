import * as z from 'zod';
import type { ChangeMark } from '../adapters/table/seeds.ts';
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

/** What is left to do for the messages of a batch, all together. */
export interface HandledMessage {
  /** `request`: a build must see the change. `ifBehind`: build only if an earlier request was not followed by a build. */
  readonly trigger: 'request' | 'ifBehind' | 'none';
  /** Seeds to be marked as changed. */
  readonly changes: readonly ChangeMark[];
}

const doNothing: HandledMessage = { trigger: 'none', changes: [] };
const buildIfBehind: HandledMessage = { trigger: 'ifBehind', changes: [] };
const requestBuildOf = (change: ChangeMark): HandledMessage => ({ trigger: 'request', changes: [change] });

/**
 * Records what a message reports. EventBridge gives keys as they are, not URL-encoded as in S3's own notifications.
 * @throws when the message is not one of ours, or a record cannot be written
 */
export const handleUploadMessage = async (
  services: PublishServices,
  body: unknown,
  getTimeLeftMs: () => number,
): Promise<HandledMessage> => {
  const message = uploadMessageSchema.parse(body);
  if (message.source === 'seedpress.build') return buildIfBehind;
  if (message.source === 'aws.events') return listDueSeeds(services);
  if (message.source === 'seedpress.picture') {
    const isRecorded = await recordSizes(services, message);
    return isRecorded ? requestBuildOf({ key: message.key, sequencer: 'sizes' }) : doNothing;
  }
  const { key, sequencer } = message.detail.object;
  const upload = { key, sequencer: sequencer.toUpperCase().padEnd(sequencerLength, '0') };
  const recorded = await services.runCorrelated('upload', formatUploadId(upload), () =>
    recordUpload(services, upload, getTimeLeftMs),
  );
  return recorded ? requestBuildOf(recorded) : doNothing;
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
  return true;
};

const listDueSeeds = async ({ lists, now }: PublishServices): Promise<HandledMessage> => {
  const keys = await lists.listDueSeeds(now().toISOString());
  if (keys.length === 0) return buildIfBehind;
  return { trigger: 'request', changes: keys.map((key) => ({ key, sequencer: '' })) };
};
