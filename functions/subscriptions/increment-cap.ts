import type { Cap } from '../adapters/table/caps.ts';
import { type Reply, type RequestContext, replyWithNotice } from './request-handler.ts';

export const hourSeconds = 60 * 60;

/** Changes to one subscription, or decisions on one issue. A person makes a few; each writes to the table. */
export const changeCap = { limit: 30, windowSeconds: hourSeconds } as const;

/** Counts a request; false where it passes the cap. @param name never an address itself, only a keyed hash of one */
export const incrementCap = (
  { services, now }: RequestContext,
  name: string,
  cap: Omit<Cap, 'name'>,
): Promise<boolean> => services.caps.increment({ name, ...cap }, now);

/** Calls the handler, unless there were too many such requests. */
export const runWithinCap = async (
  context: RequestContext,
  name: string,
  cap: Omit<Cap, 'name'>,
  handle: () => Promise<Reply>,
): Promise<Reply> => {
  if (await incrementCap(context, name, cap)) return handle();
  const headers = { 'retry-after': String(cap.windowSeconds) };
  return { ...replyWithNotice(context.page, 'tooManyRequests', 429), headers };
};
