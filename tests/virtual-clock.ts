import { waitForRequests } from './deliver/observe-request.ts';

/** A clock that stands still while requests are under way, and passes to the first sleeper's time while none is. */
export const createVirtualClock = (start: number) => {
  let time = start;
  const sleepers: { readonly due: number; readonly wake: () => void }[] = [];
  const passTime = async (): Promise<void> => {
    while (sleepers.length > 0) {
      await waitForRequests();
      sleepers.sort((a, b) => a.due - b.due);
      const next = sleepers[0];
      time = Math.max(time, next?.due ?? 0);
      next?.wake();
      sleepers.shift();
    }
  };
  return {
    now: (): Date => new Date(time),
    /** Sets the clock forward to a time, unless it is later already. */
    passTo: (later: number): void => {
      time = Math.max(time, later);
    },
    sleep: async (milliseconds: number): Promise<void> => {
      const { promise, resolve } = Promise.withResolvers<void>();
      sleepers.push({ due: time + milliseconds, wake: resolve });
      if (sleepers.length === 1) void passTime();
      await promise;
    },
  };
};

export type VirtualClock = ReturnType<typeof createVirtualClock>;
