import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { edgeHeader } from '../runtime/contract.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets in only what comes by CloudFront, which says the key; without a key, everything. */
export const admitEdge =
  (edgeKey: string | undefined): MiddlewareHandler =>
  async (context, next) => {
    const said = context.req.header(edgeHeader) ?? '';
    if (edgeKey === undefined || timingSafeEqual(digest(said), digest(edgeKey))) return next();
    return context.text('Please come by the address of the site.\n', 403);
  };
