import { z } from 'zod';
import { cadences } from '../core/publication.ts';
import type { SqsMessage } from '../platform/sqs-message.ts';
import { composeIssue } from './compose-issue.ts';
import type { ComposeIssueServices } from './services.ts';

/** The scheduler writes its times without milliseconds; ours all have them, as they are compared. */
const instantSchema = z.iso.datetime({ offset: true }).transform((time) => new Date(time).toISOString());

const composeRequestSchema = z.object({ cadence: z.enum(cadences), time: instantSchema.exactOptional() });

/**
 * Answers each call to compose, one behind the other.
 * @returns ids of the messages that failed and are to come again
 */
export const composeMessages = async (
  services: ComposeIssueServices,
  messages: readonly SqsMessage[],
  timeLeft: () => number,
): Promise<string[]> => {
  const failed: string[] = [];
  for (const { id, body } of messages) {
    try {
      await composeIssue(services, composeRequestSchema.parse(JSON.parse(body)), timeLeft);
    } catch (error) {
      services.log.error('an issue could not be composed', error);
      failed.push(id);
    }
  }
  return failed;
};
