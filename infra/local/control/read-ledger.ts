import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { type Cadence, cadences } from '../../../functions/core/publication.ts';
import { ledgerKeys, rosterIndex, tableKeys } from '../../../functions/runtime/contract.ts';

const outcomes = ['waiting', 'sent', 'failed', 'suppressed', 'uncertain'] as const;
export type Outcomes = Readonly<Record<(typeof outcomes)[number], number>>;

const cadenceSchema = z.object({
  number: z.number().default(0),
  at: z.string().exactOptional(),
  open: z.object({ number: z.number() }).exactOptional(),
});
const issueSchema = z.object({
  cadence: z.enum(cadences),
  number: z.number(),
  at: z.string(),
  subject: z.string(),
  articles: z.number(),
  state: z.string(),
  planned: z.number(),
});
const batchSchema = z.object({ recipients: z.array(z.object({ outcome: z.enum(outcomes) })) });

/** An issue as its ledger has it. Rule 6 of the design: planned = sent + failed + suppressed + uncertain, once none is waiting. */
export interface LedgerIssue extends z.infer<typeof issueSchema> {
  readonly name: string;
  readonly outcomes: Outcomes;
}

/** Reads what became of issues from the table, for people to look at. */
export const openLedger = (endpoint: string, TableName: string) => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint, region: 'us-east-1', credentials }),
  );
  const query = async <T>(pk: string, schema: z.ZodType<T>): Promise<T[]> => {
    const found: T[] = [];
    let next: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: `${tableKeys.partition} = :pk`,
          ExpressionAttributeValues: { ':pk': pk },
          ConsistentRead: true,
          ...(next && { ExclusiveStartKey: next }),
        }),
      );
      found.push(...(page.Items ?? []).map((item) => schema.parse(item)));
      next = page.LastEvaluatedKey;
    } while (next);
    return found;
  };
  const countOutcomes = async (name: string): Promise<Outcomes> => {
    const counts = { waiting: 0, sent: 0, failed: 0, suppressed: 0, uncertain: 0 };
    for (const { recipients } of await query(ledgerKeys.batches + name, batchSchema))
      for (const { outcome } of recipients) counts[outcome] += 1;
    return counts;
  };
  const issue = async (cadence: Cadence, number: number): Promise<LedgerIssue | undefined> => {
    const name = `${cadence}-${number}`;
    const [found] = await query(ledgerKeys.issue + name, issueSchema);
    return found && { ...found, name, outcomes: await countOutcomes(name) };
  };
  const lastOf = async (cadence: Cadence): Promise<{ number: number; at?: string }> => {
    const [state] = await query(ledgerKeys.cadence + cadence, cadenceSchema);
    const number = state?.open?.number ?? state?.number ?? 0;
    return { number, ...(state?.at !== undefined && { at: state.at }) };
  };
  return {
    /** One issue; undefined where there is none of the number. */
    issue,
    /** The last issue of a cadence that was opened for this instant; undefined where none was. */
    openedAt: async (cadence: Cadence, at: Date): Promise<LedgerIssue | undefined> => {
      const last = await lastOf(cadence);
      return last.at === at.toISOString() ? issue(cadence, last.number) : undefined;
    },
    /** The last few issues of a cadence, newest first. */
    latest: async (cadence: Cadence, count: number): Promise<LedgerIssue[]> => {
      const { number } = await lastOf(cadence);
      const numbers = Array.from({ length: Math.min(count, number) }, (_, back) => number - back);
      return (await Promise.all(numbers.map((each) => issue(cadence, each)))).flatMap((each) => each ?? []);
    },
    /** How many readers get issues. */
    countReaders: async (): Promise<number> => {
      let count = 0;
      let next: Record<string, unknown> | undefined;
      do {
        const page = await client.send(
          new ScanCommand({
            TableName,
            IndexName: rosterIndex.name,
            Select: 'COUNT',
            ...(next && { ExclusiveStartKey: next }),
          }),
        );
        count += page.Count ?? 0;
        next = page.LastEvaluatedKey;
      } while (next);
      return count;
    },
    close: (): void => client.destroy(),
  };
};

export type Ledger = ReturnType<typeof openLedger>;
