import * as z from 'zod';
import type { TableClient } from './client.ts';
import { updateItem } from './update-item.ts';

/** What every request to draw or resize something has. */
export const requestSchema = z.object({
  /** Names what it is for: there is one request at a time. */
  key: z.string(),
  /** Of what is to be made: another request for the same key has another. */
  id: z.string(),
  attempts: z.number().default(0),
});
type Request = z.infer<typeof requestSchema>;

/** Longer than a function takes for one. */
const claimSeconds = 180;

/** Requests in one partition of the table, which a function claims one after another. */
export const createRequestStore = <T extends Request>(table: TableClient, partition: string, schema: z.ZodType<T>) => ({
  list: (limit: number): Promise<T[]> => table.query({ pk: partition, limit }, schema),

  /** Keeps others from a request for three minutes; false where another has it, or it was made anew. */
  claim: ({ key, id }: Request, now: Date): Promise<boolean> => {
    const seconds = Math.floor(now.getTime() / 1000);
    return updateItem(
      table,
      { pk: partition, sk: key },
      {
        set: { claimedUntil: seconds + claimSeconds },
        add: { attempts: 1 },
        condition: '#id = :id AND (attribute_not_exists(#claimedUntil) OR #claimedUntil < :now)',
        values: { id, now: seconds },
      },
    );
  },

  /** Removes a request; false where there is another meanwhile, or none. */
  remove: ({ key, id }: Request): Promise<boolean> => table.deleteIf({ pk: partition, sk: key }, 'id', id),
});
