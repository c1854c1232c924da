import { z } from 'zod';
import type { CommandContext } from './command-context.ts';

/** What a program needs that works on the local run's data with the functions' own code. */
export const localConnectionSchema = z.object({
  /** Endpoints, credentials that mean nothing, and the variables of all functions. */
  environment: z.record(z.string(), z.string()),
  queues: z.array(
    z.object({ name: z.string(), url: z.string(), deadLettersUrl: z.string().exactOptional() }),
  ),
  /** Milliseconds that the run's clock is ahead. */
  clockOffsetMs: z.number(),
});

/** The run's connection, as JSON. */
export const formatConnection = ({ plan, environment, toQueueUrl: urlOf, clock }: CommandContext): string => {
  const queues = plan.queues.map(({ name, deadLetters }) => ({
    name,
    url: urlOf(name),
    ...(deadLetters && { deadLettersUrl: urlOf(deadLetters.queue) }),
  }));
  const connection: z.infer<typeof localConnectionSchema> = {
    environment,
    queues,
    clockOffsetMs: clock.offsetMs[0] ?? 0,
  };
  return JSON.stringify(connection);
};
