import { z } from 'zod';
import { ServiceError } from '../base/service-error.ts';

const maxExpressionBytes = 4096;

const requestSchema = z.record(z.string(), z.unknown());

/** A limit that dynalite does not know. @throws {ServiceError} */
export const checkExpressionSizes = (request: unknown): void => {
  for (const [name, value] of Object.entries(requestSchema.safeParse(request).data ?? {})) {
    if (!name.endsWith('Expression') || typeof value !== 'string') continue;
    const size = Buffer.byteLength(value);
    if (size > maxExpressionBytes)
      throw new ServiceError(
        400,
        'com.amazon.coral.validate#ValidationException',
        `Invalid ${name}: Expression size has exceeded the maximum allowed size; expression size: ${size}`,
      );
  }
};
