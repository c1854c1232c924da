import { z } from 'zod';
import { cadences } from '../core/publication.ts';
import { composeIssue } from './compose-issue.ts';
import type { ComposingServices } from './services.ts';

/** The scheduler writes its times without milliseconds; ours all have them, as they are compared. */
const instant = z.iso.datetime({ offset: true }).transform((time) => new Date(time).toISOString());

const callSchema = z.object({ cadence: z.enum(cadences), time: instant.exactOptional() });

export interface Message {
  readonly id: string;
  readonly body: string;
}

/**
 * Answers each call to compose, one behind the other.
 * @returns ids of the messages that failed and are to come again
 */
export const composeMessages = async (
  services: ComposingServices,
  messages: readonly Message[],
  timeLeft: () => number,
): Promise<string[]> => {
  const failed: string[] = [];
  for (const { id, body } of messages) {
    try {
      await composeIssue(services, callSchema.parse(JSON.parse(body)), timeLeft);
    } catch (error) {
      services.log.error('an issue could not be composed', error);
      failed.push(id);
    }
  }
  return failed;
};
