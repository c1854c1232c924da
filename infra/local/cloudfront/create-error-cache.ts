import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { OriginRequest, OriginResponse } from './origin.ts';
import { type DistributionPlan, defaultErrorSeconds } from './plan-distributions.ts';

/** Errors that CloudFront caches without a setting of their own. */
const cachedCodes = new Set([404, 414, 500, 501, 502, 503, 504]);

/** Those whose `Cache-Control` can keep them from being cached. */
const controlledCodes = new Set([404, 410, 414, 501]);

/** Of more addresses, the first are forgotten. */
const maxEntries = 1000;

type CacheKey = Pick<OriginRequest, 'method' | 'path'>;

export interface ErrorCache {
  find(request: CacheKey): OriginResponse | undefined;
  /** Keeps the response if it is an error that CloudFront caches. */
  keep(request: CacheKey, response: OriginResponse): Promise<OriginResponse>;
}

interface CachedError extends Omit<OriginResponse, 'body'> {
  readonly body: Buffer;
  readonly until: number;
}

const toKey = ({ method, path }: CacheKey): string => `${method} ${path}`;

/**
 * The errors of the origins, which CloudFront repeats for a while
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html).
 */
export const createErrorCache = (errors: DistributionPlan['errors'], now: () => Date): ErrorCache => {
  const entries = new Map<string, CachedError>();
  const toResponse = ({ status, headers, body }: CachedError): OriginResponse => ({
    status,
    headers: { ...headers },
    body: Readable.from([body], { objectMode: false }),
  });
  const decideSeconds = ({ status, headers }: OriginResponse): number => {
    const setting = errors.find(({ code }) => code === status);
    // CloudFront never caches 416.
    if (status === 416 || (!setting && !cachedCodes.has(status))) return 0;
    const control = headers['cache-control'] ?? '';
    if (controlledCodes.has(status) && /\b(?:no-store|no-cache|private)\b/i.test(control)) return 0;
    const [, age = '0'] = /\b(?:s-maxage|max-age)=(\d+)/i.exec(control) ?? [];
    return Math.max(Number(age), setting?.cachedSeconds ?? defaultErrorSeconds);
  };
  return {
    find: (request) => {
      const key = toKey(request);
      const found = entries.get(key);
      if (found && found.until > now().getTime()) return toResponse(found);
      entries.delete(key);
      return undefined;
    },
    keep: async (request, response) => {
      const seconds = response.status < 400 ? 0 : decideSeconds(response);
      if (seconds === 0) return response;
      const kept = { ...response, body: await buffer(response.body), until: now().getTime() + seconds * 1000 };
      entries.set(toKey(request), kept);
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries) break;
        entries.delete(oldest);
      }
      return toResponse(kept);
    },
  };
};
