/**
 * What the deployment and the Lambdas agree on: names only. It imports nothing, so that both sides can read it.
 */

/** Environment variables of the Lambdas. */
export const environmentVariables = {
  publication: 'PUBLICATION',
  siteAddress: 'SITE_ADDRESS',
  seedsBucket: 'SEEDS_BUCKET',
  siteBucket: 'SITE_BUCKET',
  internalBucket: 'INTERNAL_BUCKET',
  table: 'TABLE',
  uploadsQueue: 'UPLOADS_QUEUE_URL',
  /** Schedules send `{cadence, time}` to it; approvals, and a composition that ran out of time, `{cadence}`. */
  issuesQueue: 'ISSUES_QUEUE_URL',
  deliveriesQueue: 'DELIVERIES_QUEUE_URL',
  /** The SES configuration set that mails are sent with. */
  configurationSet: 'CONFIGURATION_SET',
  /** `smtp://user:password@host:port`, where the settings choose SMTP. */
  smtpAddress: 'SMTP_ADDRESS',
  /** What CloudFront sends to the API under `edgeHeader`, so that requests that come past it are refused. */
  edgeKey: 'EDGE_KEY',
} as const;

/** Keys of the table's items. */
export const keyAttributes = { partition: 'pk', sort: 'sk' } as const;

/** The item that holds the builder's lease, and the attribute that says until when. */
export const buildItem = { key: { pk: 'BUILD', sk: 'BUILD' }, leaseAttribute: 'leaseUntil' } as const;

/** How the partition keys of seeds' and of articles' records begin. */
export const seedKeyPrefix = 'SEED#';
export const articleKeyPrefix = 'ARTICLE#';

/**
 * How the partition keys of the newsletter's items begin: a cadence, an issue, its delivery batches, an article that an
 * issue carried, a subscriber's key.
 */
export const newsletterKeyPrefixes = {
  cadence: 'CADENCE#',
  issue: 'ISSUE#',
  batches: 'BATCHES#',
  sentArticle: 'SENT_ARTICLE#',
  subscriber: 'SUBSCRIBER#',
} as const;

/** Folders of the desk bucket, the publisher's private working papers. */
export const internalFolders = {
  bodies: 'bodies/',
  rejections: 'rejections/',
  /** Letters as they are mailed: `daily-12.json` has subject, html and text. */
  issues: 'issues/',
  /** Letters before one of them is settled on. */
  drafts: 'drafts/',
} as const;

/** Seconds. The lease outlives the function, so that two builders never write at once. */
export const publishTimeoutSeconds = 120;
export const buildLeaseSeconds = publishTimeoutSeconds + 30;

/** The compiled templates, beside the bundle. */
export const templatesFile = 'templates.json';

export const metricsNamespace = 'Seedpress';
/** Metrics that alarms watch and the dashboard shows. */
export const metrics = {
  rejections: 'Rejections',
  published: 'Published',
  /** Seconds from an upload until every document shows it. */
  publishingTime: 'PublishingTime',
  hubFailures: 'HubFailures',
  signUpsRefused: 'SignUpsRefused',
  mailFailures: 'MailFailures',
  signUps: 'SignUps',
  confirmations: 'Confirmations',
  unsubscribes: 'Unsubscribes',
  /** Active subscribers of a cadence, as each of its issues finds them. */
  subscribersDaily: 'SubscribersDaily',
  subscribersWeekly: 'SubscribersWeekly',
  messagesPlanned: 'MessagesPlanned',
  messagesSuppressed: 'MessagesSuppressed',
  messagesSent: 'MessagesSent',
  messagesFailed: 'MessagesFailed',
  messagesUncertain: 'MessagesUncertain',
  messagesLost: 'MessagesLost',
  bounces: 'Bounces',
  complaints: 'Complaints',
  sendingPaused: 'SendingPaused',
  deliveriesHeld: 'DeliveriesHeld',
} as const;
/** The dimension that every metric carries; its value is the function's name in Lambda. */
export const metricsDimension = 'service';

/**
 * Feeds whose own type CloudFront does not compress. They are stored under a type that it does compress, and
 * leave with their own: docs/decisions/0004-compress-every-feed.md.
 */
export const contentTypeOverrides = {
  atom: {
    file: 'atom.xml',
    stored: 'application/xml; charset=utf-8',
    served: 'application/atom+xml; charset=utf-8',
  },
  json: {
    file: 'feed.json',
    stored: 'application/json; charset=utf-8',
    served: 'application/feed+json; charset=utf-8',
  },
} as const;

/** docs/decisions/0011-the-api-answers-cloudfront-alone.md */
export const edgeHeader = 'x-seedpress-edge';

/** Seconds. */
export const composeTimeoutSeconds = 300;
export const deliverTimeoutSeconds = 60;
export const subscriptionsTimeoutSeconds = 28;
export const feedbackTimeoutSeconds = 15;

/** The index of active subscribers by cadence: sparse, eventually consistent; delivery looks at the subscriber again. */
export const recipientsIndex = { name: 'recipients', partition: 'recipientShard', sort: 'pk' } as const;

/** The attribute of items that DynamoDB removes by itself: epoch seconds. Removal may take days, so readers look at it. */
export const expiryAttribute = 'expires';
