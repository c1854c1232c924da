import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';

/** What happens to one request of an invocation: nothing is heard of it, or it is done and nothing more is heard. */
export type Fault = {
  /** Counts from 1. */
  readonly at: number;
  readonly when: 'before' | 'after';
  /** `once`: that request alone fails; `killed`: so does all that comes after it, as where a process has died. */
  readonly how: 'once' | 'killed';
};

/** A run of a function, with the names of its requests so far. */
export interface Invocation {
  readonly fault: Fault | undefined;
  readonly requests: string[];
}

export const invocationStorage = new AsyncLocalStorage<Invocation>();

let running = 0;

/** Waits until no request is under way, and none follows from the last one. */
export const waitForRequests = async (): Promise<void> => {
  for (let idleTurns = 0; idleTurns < 4; idleTurns = running > 0 ? 0 : idleTurns + 1) await setImmediate();
};

/** Time does not pass meanwhile. */
export const runWithoutPause = async <T>(request: () => Promise<T>): Promise<T> => {
  running += 1;
  try {
    return await request();
  } finally {
    running -= 1;
  }
};

/** Lets the request of the invocation that its fault is for fail. */
export const observeRequest = async <T>(name: string, request: () => Promise<T>): Promise<T> => {
  const invocation = invocationStorage.getStore();
  if (!invocation) return runWithoutPause(request);
  invocation.requests.push(name);
  const { fault, requests } = invocation;
  const count = requests.length;
  const isHit = fault !== undefined && count === fault.at;
  if (fault?.how === 'killed' && count > fault.at) throw new Error('killed before');
  if (isHit && fault.when === 'before') throw new Error(`${fault.how} at ${name}`);
  const answer = await runWithoutPause(request);
  if (isHit) throw new Error(`${fault.how} after ${name}`);
  return answer;
};
