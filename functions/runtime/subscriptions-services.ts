import { randomBytes } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Mailer } from '../adapters/mailer.ts';
import { createQueue } from '../adapters/queue.ts';
import { createBatchStore } from '../adapters/table/batches.ts';
import { createBuildStore } from '../adapters/table/build.ts';
import { createCapStore } from '../adapters/table/caps.ts';
import { createTableClient } from '../adapters/table/client.ts';
import { createIssueStore } from '../adapters/table/issues.ts';
import { createListStore } from '../adapters/table/lists.ts';
import { createSubscriberStore } from '../adapters/table/subscribers.ts';
import { createTokenKeyStore } from '../adapters/table/token-keys.ts';
import { createRender, type TemplateSources } from '../core/render.ts';
import type { Log } from '../platform/logger.ts';
import type { ApprovalServices } from '../subscriptions/approval-routes.ts';
import type { SubscriptionsServices } from '../subscriptions/services.ts';
import type { SubscriptionsConfig } from './environment.ts';

export interface SubscriptionsWiring {
  readonly config: Pick<SubscriptionsConfig, 'publication' | 'table' | 'issuesQueue'>;
  readonly dynamo: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly mailer: Mailer;
  readonly templates: TemplateSources;
  readonly log: Log;
  readonly now?: () => Date;
}

/** Wires what readers' subscriptions and the operator's approvals need, once per cold start. */
export const createSubscriptionsServices = (
  wiring: SubscriptionsWiring,
): SubscriptionsServices & ApprovalServices => {
  const { config, dynamo, sqs, mailer, templates, log, now = () => new Date() } = wiring;
  const table = createTableClient(dynamo, config.table);
  const build = createBuildStore(table);
  return {
    publication: config.publication,
    render: createRender(templates),
    site: async () => (await build.get()).site,
    subscribers: createSubscriberStore(table),
    tokenKeys: createTokenKeyStore(table, { randomHex: (bytes) => randomBytes(bytes).toString('hex'), now }),
    caps: createCapStore(table),
    lists: createListStore(table),
    issues: createIssueStore(table),
    batches: createBatchStore(table),
    issuesQueue: createQueue(sqs, config.issuesQueue),
    mailer,
    now,
    log,
  };
};
