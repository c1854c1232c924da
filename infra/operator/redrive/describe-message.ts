import { z } from 'zod';
import { cadences } from '../../../functions/core/publication.ts';

const upload = z
  .object({
    source: z.literal('aws.s3'),
    'detail-type': z.string(),
    detail: z.object({ object: z.object({ key: z.string() }) }),
  })
  .transform(({ 'detail-type': type, detail }) =>
    type === 'Object Deleted' ? `deletion of ${detail.object.key}` : `upload of ${detail.object.key}`,
  );
const tick = z
  .object({ source: z.literal('aws.events'), time: z.string() })
  .transform(({ time }) => `tick of ${time}`);
const build = z.object({ source: z.literal('seedpress.build') }).transform(() => 'build');
const call = z
  .object({ cadence: z.enum(cadences), time: z.string().exactOptional() })
  .transform(({ cadence, time }) => (time ? `${cadence} issue of ${time}` : `${cadence} issue under way`));
const batch = z
  .object({ issue: z.string(), batch: z.number() })
  .transform(({ issue, batch: number }) => `${issue}, batch ${number}`);
/** What SES tells names readers by their addresses, which are not shown. */
const feedback = z
  .object({ source: z.literal('aws.ses'), 'detail-type': z.string(), time: z.string() })
  .transform(({ 'detail-type': type, time }) => `${type}, ${time}`);

const known = z.union([upload, tick, build, call, batch, feedback]);

/** What a message of any of the queues is about, in a few words; of one that is none of ours nothing is shown. */
export const describeMessage = (body: string): string => {
  try {
    return known.parse(JSON.parse(body));
  } catch {
    return `a message that is not known, ${Buffer.byteLength(body)} bytes`;
  }
};
