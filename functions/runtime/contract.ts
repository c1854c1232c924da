/**
 * What the deployment and the Lambdas agree on: names only. It imports nothing, so that both sides can read it.
 */

/** Environment variables of the Lambdas. */
export const variables = {
  publication: 'PUBLICATION',
  siteAddress: 'SITE_ADDRESS',
  seedsBucket: 'SEEDS_BUCKET',
  siteBucket: 'SITE_BUCKET',
  deskBucket: 'DESK_BUCKET',
  table: 'TABLE',
  uploadsQueue: 'UPLOADS_QUEUE_URL',
} as const;

/** Keys of the table's items. */
export const tableKeys = { partition: 'pk', sort: 'sk' } as const;

/** Folders of the desk bucket, the publisher's private working papers. */
export const deskFolders = { bodies: 'bodies/', rejections: 'rejections/' } as const;

/** Seconds. The lease outlives the function, so that two builders never write at once. */
export const publishTimeout = 120;
export const buildLease = publishTimeout + 30;

/** The compiled templates, beside the bundle. */
export const templatesFile = 'templates.json';

export const metricsNamespace = 'Seedpress';
/** Metrics that alarms watch. */
export const metrics = {
  rejections: 'Rejections',
  published: 'Published',
  hubFailures: 'HubFailures',
} as const;
