/** The account that the local run plays: its region, its number, and credentials that mean nothing. */
export const region = 'us-east-1';
export const accountId = '000000000000';
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/** What an SDK client needs to talk to a local server. */
export const createClientConfig = (endpoint: string) => ({
  endpoint,
  region,
  credentials: localCredentials,
});

/** `scope` is the region and the account, which some services leave out. */
export const formatArn = (service: string, resource: string, scope = `${region}:${accountId}`): string =>
  `arn:aws:${service}:${scope}:${resource}`;
