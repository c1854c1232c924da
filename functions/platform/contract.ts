/** Names that the deployment and the Lambdas share. It imports nothing, so that both sides can import it. */

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
  configurationSet: 'CONFIGURATION_SET',
  /** `smtp://user:password@host:port`, where the settings choose SMTP. */
  smtpAddress: 'SMTP_ADDRESS',
  /** What CloudFront sends to the API under `edgeHeader`, so that requests that come past it are refused. */
  edgeKey: 'EDGE_KEY',
} as const;

export const keyAttributes = { partition: 'pk', sort: 'sk' } as const;

/** The item with the builder's lease, and the attribute with its end. */
export const buildItem = { key: { pk: 'BUILD', sk: 'BUILD' }, leaseAttribute: 'leaseUntil' } as const;

export const keyPrefixes = {
  seed: 'SEED#',
  article: 'ARTICLE#',
  cadence: 'CADENCE#',
  issue: 'ISSUE#',
  batches: 'BATCHES#',
  sentArticle: 'SENT_ARTICLE#',
  subscriber: 'SUBSCRIBER#',
  consentWords: 'CONSENT_WORDS#',
  feedback: 'FEEDBACK#',
  /** The whole key of requests to make sizes of pictures. */
  pictures: 'PICTURES',
  /** The whole key of requests to draw cards. */
  cards: 'CARDS',
  /** The whole key. */
  tokenKeys: 'TOKEN_KEYS',
} as const;

/** The starts of partition keys of items that concern readers. */
export const readerPartitions = [
  keyPrefixes.subscriber,
  keyPrefixes.batches,
  keyPrefixes.feedback,
  keyPrefixes.tokenKeys,
] as const;

export const internalFolders = {
  bodies: 'bodies/',
  rejections: 'rejections/',
  /** What is to be known of seeds that are not refused: drafts and warnings. */
  notices: 'notices/',
  /** Issues as they are mailed: `daily-12.json` has subject, html and text. */
  issues: 'issues/',
  drafts: 'drafts/',
  /** Which articles each issue had, so that a table that was set back mails none again. */
  ledger: 'ledger/',
  /** Erased subscribers by their keys, so that a restored table can be told of them again. */
  erasures: 'erasures/',
} as const;

/** Key of a letter in the internal bucket. The first of an issue is the one on the web. */
export const formatLetterKey = (issue: string, letter: number): string =>
  `${internalFolders.issues}${issue}${letter === 0 ? '' : `/${letter}`}.json`;

/** The lease outlives the function, so that two builders never write at once. */
export const publishTimeoutSeconds = 120;
export const buildLeaseSeconds = publishTimeoutSeconds + 30;

/** The module of the process that parses seeds, in `functions/adapters`. Its bundle is beside that of `publish`. */
export const seedParserModule = 'seed-parser-process';

/** The module of the thread that makes the sizes of a picture, in `functions/adapters`. Its bundle is beside that of `resize-picture`. */
export const pictureWorkerModule = 'picture-worker';

/** The codecs of pictures in WebAssembly: the files beside the bundle of that thread, and where packages have them. */
export const codecFiles = {
  'mozjpeg_dec.wasm': '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  'mozjpeg_enc.wasm': '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm',
  'webp_dec.wasm': '@jsquash/webp/codec/dec/webp_dec.wasm',
  'webp_enc_simd.wasm': '@jsquash/webp/codec/enc/webp_enc_simd.wasm',
  'avif_dec.wasm': '@jsquash/avif/codec/dec/avif_dec.wasm',
  'squoosh_png_bg.wasm': '@jsquash/png/codec/pkg/squoosh_png_bg.wasm',
  'squoosh_resize_bg.wasm': '@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm',
} as const;
export type CodecFile = keyof typeof codecFiles;

/** The font of icons and cards, by its scripts: the files beside that thread, and where its package has them. */
export const fontFiles = {
  'roboto-slab-latin-700-normal.woff': '@fontsource/roboto-slab/files/roboto-slab-latin-700-normal.woff',
  'roboto-slab-latin-ext-700-normal.woff': '@fontsource/roboto-slab/files/roboto-slab-latin-ext-700-normal.woff',
  'roboto-slab-greek-700-normal.woff': '@fontsource/roboto-slab/files/roboto-slab-greek-700-normal.woff',
  'roboto-slab-greek-ext-700-normal.woff': '@fontsource/roboto-slab/files/roboto-slab-greek-ext-700-normal.woff',
  'roboto-slab-cyrillic-700-normal.woff': '@fontsource/roboto-slab/files/roboto-slab-cyrillic-700-normal.woff',
  'roboto-slab-cyrillic-ext-700-normal.woff': '@fontsource/roboto-slab/files/roboto-slab-cyrillic-ext-700-normal.woff',
  'roboto-slab-vietnamese-700-normal.woff': '@fontsource/roboto-slab/files/roboto-slab-vietnamese-700-normal.woff',
} as const;

/** A picture that takes longer has no sizes. `resize-picture` begins none when it has less time left. */
export const pictureTimeoutSeconds = 60;
export const resizeTimeoutSeconds = 150;

export const templatesFile = 'templates.json';
/** Beside the bundle of `publish`: icons, logo and fonts by their paths, in Base64. */
export const themeFilesFile = 'theme-files.json';
/** Beside the bundle of `publish`: the fingerprint of the code that shapes documents. */
export const documentCodeFile = 'document-code.txt';

export const metricsNamespace = 'Seedpress';
export const metrics = {
  rejections: 'Rejections',
  /** Changes that builds failed on and left out. */
  setAside: 'SetAside',
  published: 'Published',
  /** Seconds from an upload until every document shows it. */
  publishingTime: 'PublishingTime',
  hubFailures: 'HubFailures',
  signUpsRefused: 'SignUpsRefused',
  mailFailures: 'MailFailures',
  signUps: 'SignUps',
  confirmations: 'Confirmations',
  unsubscribes: 'Unsubscribes',
  /** Active subscribers of a cadence, counted by each of its issues. */
  subscribersImmediately: 'SubscribersImmediately',
  subscribersDaily: 'SubscribersDaily',
  subscribersWeekly: 'SubscribersWeekly',
  subscribersMonthly: 'SubscribersMonthly',
  messagesPlanned: 'MessagesPlanned',
  messagesSuppressed: 'MessagesSuppressed',
  messagesSent: 'MessagesSent',
  messagesFailed: 'MessagesFailed',
  messagesUncertain: 'MessagesUncertain',
  messagesNotSent: 'MessagesNotSent',
  bounces: 'Bounces',
  complaints: 'Complaints',
  sendingPaused: 'SendingPaused',
  deliveriesHeld: 'DeliveriesHeld',
  issuesOverdue: 'IssuesOverdue',
} as const;
export const metricsDimension = 'service';

/**
 * Feeds whose own type CloudFront does not compress. They are stored with a type that it compresses, and served with
 * their own: docs/decisions/0004-compress-every-feed.md.
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

/**
 * Metadata of the site's objects that CloudFront does not answer with 200, which reach it as `x-amz-meta-…` headers.
 */
export const answerMetadata = { redirect: 'redirect', gone: 'gone' } as const;

/**
 * Headers of every answer under `/subscriptions`: the function sets them, and CloudFront on answers of its own. Answers
 * concern one reader: they are not cached or indexed, and their addresses, which hold tokens, stay secret.
 */
export const subscriptionsHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'strict-transport-security': 'max-age=31536000',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'content-security-policy':
    "default-src 'none'; img-src 'self' data:; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
} as const;

/** Of the site's paths. */
export const previewsFolder = '/previews/';

/**
 * Headers of every answer under `/previews/`: drafts are for those who got the address, and for nobody's cache or
 * index.
 */
export const previewHeaders = {
  'cache-control': 'private, no-store',
  'x-robots-tag': 'noindex, nofollow, noarchive',
} as const;

/** docs/decisions/0011-the-api-answers-cloudfront-alone.md */
export const edgeHeader = 'x-seedpress-edge';

/** Delivery batches that an invocation of `deliver` gets, which are under way at once. */
export const batchesPerInvocation = 10;

export const composeTimeoutSeconds = 300;
export const deliverTimeoutSeconds = 60;
export const subscriptionsTimeoutSeconds = 28;
export const feedbackTimeoutSeconds = 15;

/** The index of active subscribers by cadence. It is eventually consistent: delivery reads the subscriber again. */
export const recipientsIndex = { name: 'recipients', partition: 'recipientShard', sort: 'pk' } as const;

/** DynamoDB removes items by this attribute, in epoch seconds. That may take days, so readers check it too. */
export const expiryAttribute = 'expires';
