import { randomUUID } from 'node:crypto';

/**
 * Lambda stops the next invocation when a chain of messages has led back to a function about this often:
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export const maxInvocationsInChain = 16;

/** How often each function was invoked in the chains that led to some messages; their X-Ray headers carry it. */
export type Lineage = ReadonlyMap<string, number>;

export const parseLineage = (traceHeaders: readonly (string | undefined)[]): Lineage => {
  const lineage = new Map<string, number>();
  for (const header of traceHeaders)
    for (const [, name = '', count] of header?.matchAll(/(?<=[;=,])([\w-]+):(\d+)/g) ?? [])
      lineage.set(name, Math.max(lineage.get(name) ?? 0, Number(count)));
  return lineage;
};

const createRoot = (): string => {
  const digits = randomUUID().replaceAll('-', '');
  return `1-${digits.slice(0, 8)}-${digits.slice(8)}`;
};

/** The X-Ray header of an invocation, which the AWS SDK sends with each of its requests. */
export const formatTraceHeader = (lineage: Lineage, functionName: string): string => {
  const counts = new Map(lineage).set(functionName, (lineage.get(functionName) ?? 0) + 1);
  const entries = [...counts].map(([name, count]) => `${name}:${count}`);
  return `Root=${createRoot()};Sampled=0;Lineage=${entries.join(',')}`;
};
