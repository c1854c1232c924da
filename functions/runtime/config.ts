import { z } from 'zod';
import { parsePublication } from '../core/publication.ts';
import { newsletterVariables, variables } from './contract.ts';

const filled = z.string().min(1);

const environmentSchema = z.object({
  [variables.publication]: filled,
  [variables.siteAddress]: filled,
  [variables.seedsBucket]: filled,
  [variables.siteBucket]: filled,
  [variables.deskBucket]: filled,
  [variables.table]: filled,
  [variables.uploadsQueue]: filled,
  AWS_ENDPOINT_URL_S3: z.url().optional(),
  AWS_ENDPOINT_URL_SQS: z.url().optional(),
});

/**
 * Settings of a function, from the only place that reads the environment.
 * @throws when a variable of the contract is missing, or the publication's settings have mistakes
 */
export const readConfig = (environment = process.env) => {
  const read = environmentSchema.parse(environment);
  return {
    publication: parsePublication(JSON.parse(read[variables.publication])),
    site: read[variables.siteAddress].replace(/\/$/, ''),
    buckets: {
      seeds: read[variables.seedsBucket],
      site: read[variables.siteBucket],
      desk: read[variables.deskBucket],
    },
    table: read[variables.table],
    uploadsQueue: read[variables.uploadsQueue],
    clients: {
      // Outside AWS an endpoint is a host and a port, which has no subdomain for each bucket.
      s3: { forcePathStyle: read.AWS_ENDPOINT_URL_S3 !== undefined },
      sqs: { useQueueUrlAsEndpoint: read.AWS_ENDPOINT_URL_SQS === undefined },
    },
  };
};

export type Config = ReturnType<typeof readConfig>;

const mailingSchema = z.object({
  [variables.publication]: filled,
  [variables.table]: filled,
  [newsletterVariables.configurationSet]: filled.optional(),
  [newsletterVariables.smtpSecret]: filled.optional(),
});

/** What every function needs that mails readers. */
const readMailing = (environment: NodeJS.ProcessEnv) => {
  const read = mailingSchema.parse(environment);
  return {
    publication: parsePublication(JSON.parse(read[variables.publication])),
    table: read[variables.table],
    mail: {
      configurationSet: read[newsletterVariables.configurationSet],
      smtpAddress: read[newsletterVariables.smtpSecret],
    },
  };
};

const subscriptionsSchema = z.object({
  [newsletterVariables.issuesQueue]: filled,
  [newsletterVariables.edgeKey]: filled.optional(),
  AWS_ENDPOINT_URL_SQS: z.url().optional(),
});

/**
 * Settings of the function that answers readers. It cannot be told the site's address, see the table's item `BUILD`.
 * @throws when a variable of the contract is missing, or the publication's settings have mistakes
 */
export const readSubscriptionsConfig = (environment = process.env) => {
  const read = subscriptionsSchema.parse(environment);
  return {
    ...readMailing(environment),
    issuesQueue: read[newsletterVariables.issuesQueue],
    edgeKey: read[newsletterVariables.edgeKey],
    clients: { sqs: { useQueueUrlAsEndpoint: read.AWS_ENDPOINT_URL_SQS === undefined } },
  };
};

export type SubscriptionsConfig = ReturnType<typeof readSubscriptionsConfig>;

const composingSchema = environmentSchema.omit({ [variables.seedsBucket]: true }).extend({
  [newsletterVariables.issuesQueue]: filled,
  [newsletterVariables.deliveriesQueue]: filled,
  [newsletterVariables.configurationSet]: filled.optional(),
  [newsletterVariables.smtpSecret]: filled.optional(),
});

/**
 * Settings of the function that composes issues.
 * @throws when a variable of the contract is missing, or the publication's settings have mistakes
 */
export const readComposingConfig = (environment = process.env) => {
  const read = composingSchema.parse(environment);
  return {
    publication: parsePublication(JSON.parse(read[variables.publication])),
    site: read[variables.siteAddress].replace(/\/$/, ''),
    buckets: { site: read[variables.siteBucket], desk: read[variables.deskBucket] },
    table: read[variables.table],
    queues: {
      issues: read[newsletterVariables.issuesQueue],
      deliveries: read[newsletterVariables.deliveriesQueue],
      uploads: read[variables.uploadsQueue],
    },
    mail: {
      configurationSet: read[newsletterVariables.configurationSet],
      smtpAddress: read[newsletterVariables.smtpSecret],
    },
    clients: {
      s3: { forcePathStyle: read.AWS_ENDPOINT_URL_S3 !== undefined },
      sqs: { useQueueUrlAsEndpoint: read.AWS_ENDPOINT_URL_SQS === undefined },
    },
  };
};

export type ComposingConfig = ReturnType<typeof readComposingConfig>;

const deliveringSchema = mailingSchema.extend({
  [variables.siteAddress]: filled,
  [variables.deskBucket]: filled,
  [newsletterVariables.deliveriesQueue]: filled,
  AWS_ENDPOINT_URL_S3: z.url().optional(),
  AWS_ENDPOINT_URL_SQS: z.url().optional(),
});

/**
 * Settings of the function that delivers issues.
 * @throws when a variable of the contract is missing, or the publication's settings have mistakes
 */
export const readDeliveringConfig = (environment = process.env) => {
  const read = deliveringSchema.parse(environment);
  return {
    ...readMailing(environment),
    site: read[variables.siteAddress].replace(/\/$/, ''),
    desk: read[variables.deskBucket],
    deliveriesQueue: read[newsletterVariables.deliveriesQueue],
    clients: {
      s3: { forcePathStyle: read.AWS_ENDPOINT_URL_S3 !== undefined },
      sqs: { useQueueUrlAsEndpoint: read.AWS_ENDPOINT_URL_SQS === undefined },
    },
  };
};

export type DeliveringConfig = ReturnType<typeof readDeliveringConfig>;

/** Settings of the function that takes the mailer's feedback. @throws when its variable is missing */
export const readFeedbackConfig = (environment = process.env) => ({
  table: z.object({ [variables.table]: filled }).parse(environment)[variables.table],
});

/** What Lambda says of itself. Without a name for the function, as where a test calls it, there is no need of one. */
export const readLambda = (environment = process.env) => ({
  functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
  /** Whether somebody takes traces: Lambda says where, and X-Ray's own SDK reads it. */
  takesTraces: environment.AWS_XRAY_DAEMON_ADDRESS !== undefined,
});

export type Lambda = ReturnType<typeof readLambda>;
