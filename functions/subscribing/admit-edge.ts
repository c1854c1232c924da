import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { edgeHeader } from '../runtime/contract.ts';

const hashText = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets in only what comes by CloudFront, which says the key; without a key, everything. */
export const requireCloudFront =
  (edgeKey: string | undefined): MiddlewareHandler =>
  async (context, next) => {
    const said = context.req.header(edgeHeader) ?? '';
    if (edgeKey === undefined || timingSafeEqual(hashText(said), hashText(edgeKey))) return next();
    return context.text('Please come by the address of the site.\n', 403);
  };
