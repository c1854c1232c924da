import { z } from 'zod';
import { cadences } from '../../../functions/core/publication.ts';
import { toAdjective } from '../newsletter/to-adjective.ts';

const uploadSchema = z
  .object({
    source: z.literal('aws.s3'),
    'detail-type': z.string(),
    detail: z.object({ object: z.object({ key: z.string() }) }),
  })
  .transform(({ 'detail-type': type, detail }) =>
    type === 'Object Deleted' ? `deletion of ${detail.object.key}` : `upload of ${detail.object.key}`,
  );
const tickSchema = z
  .object({ source: z.literal('aws.events'), time: z.string() })
  .transform(({ time }) => `schedule of ${time}`);
const buildSchema = z.object({ source: z.literal('seedpress.build') }).transform(() => 'build of the site');
const composeCallSchema = z
  .object({ cadence: z.enum(cadences), time: z.string().exactOptional() })
  .transform(({ cadence, time }) =>
    time ? `${toAdjective(cadence)} issue of ${time}` : `${toAdjective(cadence)} issue, continued`,
  );
const deliverySchema = z
  .object({ issue: z.string(), batch: z.number() })
  .transform(({ issue, batch }) => `${issue}, batch ${batch}`);
/** SES names recipients by their addresses, which are not shown. */
const feedbackSchema = z
  .object({ source: z.literal('aws.ses'), 'detail-type': z.string(), time: z.string() })
  .transform(({ 'detail-type': type, time }) => `${type}, ${time}`);

const messageSchema = z.union([
  uploadSchema,
  tickSchema,
  buildSchema,
  composeCallSchema,
  deliverySchema,
  feedbackSchema,
]);

/** What a message of any queue is about, in a few words; nothing of an unknown message is shown. */
export const formatQueueMessage = (body: string): string => {
  try {
    return messageSchema.parse(JSON.parse(body));
  } catch {
    return `an unknown message of ${Buffer.byteLength(body)} bytes`;
  }
};
