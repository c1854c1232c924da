import * as z from 'zod';

const errorSchema = z.object({
  name: z.string(),
  code: z.string().optional(),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional(),
});

/** What S3 and DynamoDB call a request that they will never take. Everything else that they answer is about them. */
const refusedRequests = [
  'ValidationException',
  'ItemCollectionSizeLimitExceededException',
  'KeyTooLongError',
  'EntityTooLarge',
  'InvalidArgument',
  'InvalidRequest',
  'InvalidURI',
];

const networkCode = /^E(?!RR)[A-Z_]+$/;

/** Whether a service, the network or a permission failed: then no record is at fault, and the work is tried again. */
export const isServiceFailure = (error: unknown): boolean => {
  const { success, data } = errorSchema.safeParse(error);
  if (!success) return false;
  if (data.$metadata) return !refusedRequests.includes(data.name);
  return data.name === 'TimeoutError' || networkCode.test(data.code ?? '');
};
