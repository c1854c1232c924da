/** The account of the local run. */
export const region = 'us-east-1';
export const accountId = '000000000000';

export interface LocalCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}
/** For the servers that check none: all but the table's. */
const localCredentials: LocalCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };

export const createClientConfig = (endpoint: string, credentials: LocalCredentials = localCredentials) => ({
  endpoint,
  region,
  credentials,
});
export type LocalClientConfig = ReturnType<typeof createClientConfig>;

/** @param scope region and account, which some services omit */
export const formatArn = (service: string, resource: string, scope = `${region}:${accountId}`): string =>
  `arn:aws:${service}:${scope}:${resource}`;
