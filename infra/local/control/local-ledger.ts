import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { type Cadence, cadences } from '../../../functions/core/publication.ts';
import {
  keyAttributes,
  newsletterKeyPrefixes,
  recipientsIndex,
} from '../../../functions/platform/contract.ts';
import { createClientConfig } from '../base/aws-account.ts';

const recipientOutcomes = ['waiting', 'sent', 'failed', 'suppressed', 'uncertain'] as const;
export type LedgerOutcomeCounts = Readonly<Record<(typeof recipientOutcomes)[number], number>>;

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
const batchSchema = z.object({ recipients: z.array(z.object({ outcome: z.enum(recipientOutcomes) })) });

/** An issue as its ledger has it. Rule 6 of the design: planned = sent + failed + suppressed + uncertain, once none is waiting. */
export interface LedgerIssue extends z.infer<typeof issueSchema> {
  readonly name: string;
  readonly outcomes: LedgerOutcomeCounts;
}

/** Reads what became of issues from the table, for people to look at. */
export const openLocalLedger = (endpoint: string, TableName: string) => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(createClientConfig(endpoint)));
  const query = async <T>(pk: string, schema: z.ZodType<T>): Promise<T[]> => {
    const found: T[] = [];
    let next: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: `${keyAttributes.partition} = :pk`,
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
  const countOutcomes = async (name: string): Promise<LedgerOutcomeCounts> => {
    const counts = { waiting: 0, sent: 0, failed: 0, suppressed: 0, uncertain: 0 };
    for (const { recipients } of await query(newsletterKeyPrefixes.batches + name, batchSchema))
      for (const { outcome } of recipients) counts[outcome] += 1;
    return counts;
  };
  const findIssue = async (cadence: Cadence, number: number): Promise<LedgerIssue | undefined> => {
    const name = `${cadence}-${number}`;
    const [found] = await query(newsletterKeyPrefixes.issue + name, issueSchema);
    return found && { ...found, name, outcomes: await countOutcomes(name) };
  };
  const findLastIssue = async (cadence: Cadence): Promise<{ number: number; at?: string }> => {
    const [state] = await query(newsletterKeyPrefixes.cadence + cadence, cadenceSchema);
    const number = state?.open?.number ?? state?.number ?? 0;
    return { number, ...(state?.at !== undefined && { at: state.at }) };
  };
  return {
    /** One issue; undefined where there is none of the number. */
    issue: findIssue,
    /** The last issue of a cadence that was opened for this instant; undefined where none was. */
    findIssueOpenedAt: async (cadence: Cadence, at: Date): Promise<LedgerIssue | undefined> => {
      const last = await findLastIssue(cadence);
      return last.at === at.toISOString() ? findIssue(cadence, last.number) : undefined;
    },
    /** The last few issues of a cadence, newest first. */
    listLatestIssues: async (cadence: Cadence, count: number): Promise<LedgerIssue[]> => {
      const { number } = await findLastIssue(cadence);
      const numbers = Array.from({ length: Math.min(count, number) }, (_, back) => number - back);
      return (await Promise.all(numbers.map((each) => findIssue(cadence, each)))).flatMap(
        (each) => each ?? [],
      );
    },
    /** How many readers get issues. */
    countReaders: async (): Promise<number> => {
      let count = 0;
      let next: Record<string, unknown> | undefined;
      do {
        const page = await client.send(
          new ScanCommand({
            TableName,
            IndexName: recipientsIndex.name,
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

export type LocalLedger = ReturnType<typeof openLocalLedger>;
