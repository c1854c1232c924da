import * as z from 'zod';
import { parsePublication } from '../core/publication.ts';
import { environmentVariables } from '../platform/contract.ts';

const text = z.string().min(1);

const settingsSchema = z.object({
  publication: text.transform((json) => parsePublication(JSON.parse(json))),
  siteAddress: text.transform((address) => address.replace(/\/$/, '')),
  seedsBucket: text,
  siteBucket: text,
  internalBucket: text,
  table: text,
  uploadsQueue: text,
  issuesQueue: text,
  deliveriesQueue: text,
  configurationSet: text.optional(),
  smtpAddress: text.optional(),
  edgeKey: text.optional(),
} satisfies Record<keyof typeof environmentVariables, z.ZodType>);

/** Reads some settings. The reader throws when a variable is missing, or the publication's settings have mistakes. */
const createConfigReader =
  <Config>(schema: z.ZodType<Config>) =>
  (environment: NodeJS.ProcessEnv = process.env): Config =>
    schema.parse(
      Object.fromEntries(
        Object.entries(environmentVariables).map(([setting, variable]) => [setting, environment[variable]]),
      ),
    );

/** All settings: the command reads them from the environments of all functions together. */
export const readConfig = createConfigReader(settingsSchema);

export const readPublishConfig = createConfigReader(
  settingsSchema
    .pick({
      publication: true,
      siteAddress: true,
      seedsBucket: true,
      siteBucket: true,
      internalBucket: true,
      table: true,
      uploadsQueue: true,
    })
    .extend({ issuesQueue: text.optional() }),
);

export const readResizePictureConfig = createConfigReader(
  settingsSchema.pick({ seedsBucket: true, siteBucket: true, table: true, uploadsQueue: true }),
);

export const readComposeIssueConfig = createConfigReader(settingsSchema.omit({ seedsBucket: true, edgeKey: true }));

export const readDeliverConfig = createConfigReader(
  settingsSchema.pick({
    publication: true,
    siteAddress: true,
    internalBucket: true,
    table: true,
    deliveriesQueue: true,
    configurationSet: true,
    smtpAddress: true,
  }),
);

export const readFeedbackConfig = createConfigReader(settingsSchema.pick({ table: true }));

/** The site's address is not among them: the deployment cannot know it yet. It is in the table's item `BUILD`. */
export const readSubscriptionsConfig = createConfigReader(
  settingsSchema.pick({
    publication: true,
    internalBucket: true,
    table: true,
    issuesQueue: true,
    configurationSet: true,
    smtpAddress: true,
    edgeKey: true,
  }),
);

/** Settings of the SDK's clients, which find their servers outside AWS by `AWS_ENDPOINT_URL_…`. */
export const readClientConfig = (environment = process.env) => ({
  // An endpoint outside AWS is a host and a port, which has no subdomain for each bucket.
  s3: { forcePathStyle: environment.AWS_ENDPOINT_URL_S3 !== undefined },
  sqs: { useQueueUrlAsEndpoint: environment.AWS_ENDPOINT_URL_SQS === undefined },
});

const credentialsSchema = z
  .object({
    AWS_ACCESS_KEY_ID: text,
    AWS_SECRET_ACCESS_KEY: text,
    AWS_SESSION_TOKEN: text.optional(),
  })
  .transform(({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN }) => ({
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN !== undefined && { sessionToken: AWS_SESSION_TOKEN }),
  }));

/** The credentials of the function's role. */
export const readCredentials = (environment = process.env) => credentialsSchema.parse(environment);

/** What a process of the function gets: where libraries are, and no credentials. */
export const readProcessEnvironment = (environment = process.env) => ({
  LD_LIBRARY_PATH: environment.LD_LIBRARY_PATH,
});

/** What Lambda says of itself. Outside Lambda, as in tests, the function has no name. */
export const readLambdaEnvironment = (environment = process.env) => ({
  functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
  /** Host and port of the daemon that takes traces. */
  tracingDaemon: environment.AWS_XRAY_DAEMON_ADDRESS,
});

/** The trace of the invocation. Lambda sets it anew for each. */
export const readTraceHeader = (environment = process.env) => {
  const fields = new Map(
    (environment._X_AMZN_TRACE_ID ?? '').split(';').map((field) => {
      const [name = '', value] = field.split('=');
      return [name, value];
    }),
  );
  return { traceId: fields.get('Root'), parentId: fields.get('Parent'), isSampled: fields.get('Sampled') === '1' };
};

export type LambdaEnvironment = ReturnType<typeof readLambdaEnvironment>;
