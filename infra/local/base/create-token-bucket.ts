export interface TokenBucketSettings {
  readonly perSecond: number;
  /** Tokens that wait at most. */
  readonly capacity: number;
}

export interface TokenBucket {
  hasToken(): boolean;
  /** False where there is none. */
  take(): boolean;
}

/** A bucket that is full at first. */
export const createTokenBucket = ({ perSecond, capacity }: TokenBucketSettings, now: () => Date): TokenBucket => {
  let tokens = capacity;
  let last = now().getTime();
  const hasToken = (): boolean => {
    const at = now().getTime();
    tokens = Math.min(capacity, tokens + (Math.max(0, at - last) / 1000) * perSecond);
    last = at;
    return tokens >= 1;
  };
  return {
    hasToken,
    take: () => {
      const isFree = hasToken();
      if (isFree) tokens -= 1;
      return isFree;
    },
  };
};
