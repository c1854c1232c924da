/** The account of the local run. Its credentials are not checked. */
export const region = 'us-east-1';
export const accountId = '000000000000';
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

export const createClientConfig = (endpoint: string) => ({ endpoint, region, credentials: localCredentials });

/** @param scope region and account, which some services omit */
export const formatArn = (service: string, resource: string, scope = `${region}:${accountId}`): string =>
  `arn:aws:${service}:${scope}:${resource}`;
