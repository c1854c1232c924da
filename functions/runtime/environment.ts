import { z } from 'zod';
import { parsePublication } from '../core/publication.ts';
import { environmentVariables, newsletterEnvironmentVariables } from '../platform/contract.ts';

const nonEmptyString = z.string().min(1);

const environmentSchema = z.object({
  [environmentVariables.publication]: nonEmptyString,
  [environmentVariables.siteAddress]: nonEmptyString,
  [environmentVariables.seedsBucket]: nonEmptyString,
  [environmentVariables.siteBucket]: nonEmptyString,
  [environmentVariables.internalBucket]: nonEmptyString,
  [environmentVariables.table]: nonEmptyString,
  [environmentVariables.uploadsQueue]: nonEmptyString,
  AWS_ENDPOINT_URL_S3: z.url().optional(),
  AWS_ENDPOINT_URL_SQS: z.url().optional(),
});

/**
 * Settings of a function, from the only place that reads the environment.
 * @throws when a variable of the contract is missing, or the publication's settings have mistakes
 */
export const readPublishConfig = (environment = process.env) => {
  const read = environmentSchema.parse(environment);
  return {
    publication: parsePublication(JSON.parse(read[environmentVariables.publication])),
    site: read[environmentVariables.siteAddress].replace(/\/$/, ''),
    buckets: {
      seeds: read[environmentVariables.seedsBucket],
      site: read[environmentVariables.siteBucket],
      internal: read[environmentVariables.internalBucket],
    },
    table: read[environmentVariables.table],
    uploadsQueue: read[environmentVariables.uploadsQueue],
    clients: {
      // Outside AWS an endpoint is a host and a port, which has no subdomain for each bucket.
      s3: { forcePathStyle: read.AWS_ENDPOINT_URL_S3 !== undefined },
      sqs: { useQueueUrlAsEndpoint: read.AWS_ENDPOINT_URL_SQS === undefined },
    },
  };
};

export type PublishConfig = ReturnType<typeof readPublishConfig>;

const mailEnvironmentSchema = z.object({
  [environmentVariables.publication]: nonEmptyString,
  [environmentVariables.table]: nonEmptyString,
  [newsletterEnvironmentVariables.configurationSet]: nonEmptyString.optional(),
  [newsletterEnvironmentVariables.smtpSecret]: nonEmptyString.optional(),
});

/** What every function needs that mails readers. */
const readMailConfig = (environment: NodeJS.ProcessEnv) => {
  const read = mailEnvironmentSchema.parse(environment);
  return {
    publication: parsePublication(JSON.parse(read[environmentVariables.publication])),
    table: read[environmentVariables.table],
    mail: {
      configurationSet: read[newsletterEnvironmentVariables.configurationSet],
      smtpAddress: read[newsletterEnvironmentVariables.smtpSecret],
    },
  };
};

const subscriptionsEnvironmentSchema = z.object({
  [newsletterEnvironmentVariables.issuesQueue]: nonEmptyString,
  [newsletterEnvironmentVariables.edgeKey]: nonEmptyString.optional(),
  AWS_ENDPOINT_URL_SQS: z.url().optional(),
});

/**
 * Settings of the function that answers readers. It cannot be told the site's address, see the table's item `BUILD`.
 * @throws when a variable of the contract is missing, or the publication's settings have mistakes
 */
export const readSubscriptionsConfig = (environment = process.env) => {
  const read = subscriptionsEnvironmentSchema.parse(environment);
  return {
    ...readMailConfig(environment),
    issuesQueue: read[newsletterEnvironmentVariables.issuesQueue],
    edgeKey: read[newsletterEnvironmentVariables.edgeKey],
    clients: { sqs: { useQueueUrlAsEndpoint: read.AWS_ENDPOINT_URL_SQS === undefined } },
  };
};

export type SubscriptionsConfig = ReturnType<typeof readSubscriptionsConfig>;

const composeIssueEnvironmentSchema = environmentSchema
  .omit({ [environmentVariables.seedsBucket]: true })
  .extend({
    [newsletterEnvironmentVariables.issuesQueue]: nonEmptyString,
    [newsletterEnvironmentVariables.deliveriesQueue]: nonEmptyString,
    [newsletterEnvironmentVariables.configurationSet]: nonEmptyString.optional(),
    [newsletterEnvironmentVariables.smtpSecret]: nonEmptyString.optional(),
  });

/**
 * Settings of the function that composes issues.
 * @throws when a variable of the contract is missing, or the publication's settings have mistakes
 */
export const readComposeIssueConfig = (environment = process.env) => {
  const read = composeIssueEnvironmentSchema.parse(environment);
  return {
    publication: parsePublication(JSON.parse(read[environmentVariables.publication])),
    site: read[environmentVariables.siteAddress].replace(/\/$/, ''),
    buckets: {
      site: read[environmentVariables.siteBucket],
      internal: read[environmentVariables.internalBucket],
    },
    table: read[environmentVariables.table],
    queues: {
      issues: read[newsletterEnvironmentVariables.issuesQueue],
      deliveries: read[newsletterEnvironmentVariables.deliveriesQueue],
      uploads: read[environmentVariables.uploadsQueue],
    },
    mail: {
      configurationSet: read[newsletterEnvironmentVariables.configurationSet],
      smtpAddress: read[newsletterEnvironmentVariables.smtpSecret],
    },
    clients: {
      s3: { forcePathStyle: read.AWS_ENDPOINT_URL_S3 !== undefined },
      sqs: { useQueueUrlAsEndpoint: read.AWS_ENDPOINT_URL_SQS === undefined },
    },
  };
};

export type ComposeIssueConfig = ReturnType<typeof readComposeIssueConfig>;

const deliverEnvironmentSchema = mailEnvironmentSchema.extend({
  [environmentVariables.siteAddress]: nonEmptyString,
  [environmentVariables.internalBucket]: nonEmptyString,
  [newsletterEnvironmentVariables.deliveriesQueue]: nonEmptyString,
  AWS_ENDPOINT_URL_S3: z.url().optional(),
  AWS_ENDPOINT_URL_SQS: z.url().optional(),
});

/**
 * Settings of the function that delivers issues.
 * @throws when a variable of the contract is missing, or the publication's settings have mistakes
 */
export const readDeliverConfig = (environment = process.env) => {
  const read = deliverEnvironmentSchema.parse(environment);
  return {
    ...readMailConfig(environment),
    site: read[environmentVariables.siteAddress].replace(/\/$/, ''),
    internalBucket: read[environmentVariables.internalBucket],
    deliveriesQueue: read[newsletterEnvironmentVariables.deliveriesQueue],
    clients: {
      s3: { forcePathStyle: read.AWS_ENDPOINT_URL_S3 !== undefined },
      sqs: { useQueueUrlAsEndpoint: read.AWS_ENDPOINT_URL_SQS === undefined },
    },
  };
};

export type DeliverConfig = ReturnType<typeof readDeliverConfig>;

/** Settings of the function that takes the mailer's feedback. @throws when its variable is missing */
export const readFeedbackConfig = (environment = process.env) => ({
  table: z.object({ [environmentVariables.table]: nonEmptyString }).parse(environment)[
    environmentVariables.table
  ],
});

/** What Lambda says of itself. Without a name for the function, as where a test calls it, there is no need of one. */
export const readLambdaEnvironment = (environment = process.env) => ({
  functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
  /** Whether somebody takes traces: Lambda says where, and X-Ray's own SDK reads it. */
  isTracingEnabled: environment.AWS_XRAY_DAEMON_ADDRESS !== undefined,
});

export type LambdaEnvironment = ReturnType<typeof readLambdaEnvironment>;
