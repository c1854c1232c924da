import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again, four times a second, until there is an answer.
 * @param check gives undefined while there is none; what it throws ends the waiting
 * @throws when there is none after so many seconds
 */
export const waitUntil = async <T>(what: string, check: () => Promise<T | undefined>, seconds = 60): Promise<T> => {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await check();
    if (answer !== undefined) return answer;
    if (Date.now() > until) throw new Error(`${what}: not so after ${seconds} s`);
    await sleep(250);
  }
};
