import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { CloudFrontClient, GetDistributionConfigCommand } from '@aws-sdk/client-cloudfront';
import type { MiniStack } from './start-ministack.ts';

export interface SiteResponse {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

export interface SiteRequest {
  /** Makes it a POST. */
  readonly form?: Readonly<Record<string, string>>;
  /** Leaves out what CloudFront adds. */
  readonly bypassCloudFront?: boolean;
}

/**
 * A reader of the deployed site. Documents come through the deployed distribution. MiniStack's distributions cannot
 * reach its APIs, so what the distribution sends to its API is sent here as it is told to: to the origin that its
 * behaviour for the subscriptions names, with the headers that this origin adds.
 */
export const createSiteClient = async (
  aws: MiniStack,
  distribution: { readonly id: string; readonly address: string },
) => {
  const cloudFront = new CloudFrontClient(toClientOptions(aws));
  const { DistributionConfig: config } = await cloudFront.send(
    new GetDistributionConfigCommand({ Id: distribution.id }),
  );
  cloudFront.destroy();
  const behaviour = config?.CacheBehaviors?.Items?.find(({ PathPattern }) => PathPattern === '/subscriptions*');
  const api = config?.Origins?.Items?.find(({ Id }) => Id === behaviour?.TargetOriginId);
  const [apiId = ''] = (api?.DomainName ?? '').split('.');
  const added = (api?.CustomHeaders?.Items ?? []).map(({ HeaderName = '', HeaderValue = '' }) => [
    HeaderName,
    HeaderValue,
  ]);
  const cloudFrontHeaders = {
    'CloudFront-Viewer-Address': '198.51.100.7:4711',
    ...Object.fromEntries(added),
  };
  const site = new URL(distribution.address).host;

  /** @param address a path, or an address of the site as a mail has it */
  return async (address: string, { form, bypassCloudFront = false }: SiteRequest = {}): Promise<SiteResponse> => {
    const { pathname, search, host } = new URL(address, distribution.address);
    if (host !== site) throw new Error(`${address} is not of ${site}`);
    const toApi = pathname.startsWith('/subscriptions');
    const sent = request({
      host: '127.0.0.1',
      port: aws.port,
      // The certificate's name, since the host of the request is one that MiniStack alone knows.
      servername: 'localhost',
      path: pathname + search,
      method: form ? 'POST' : 'GET',
      headers: {
        host: toApi ? `${apiId}.execute-api.localhost` : site,
        ...(toApi && !bypassCloudFront && cloudFrontHeaders),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
    });
    const { promise, resolve, reject } = Promise.withResolvers<SiteResponse>();
    sent.on('error', reject).on('response', (response) => {
      const { statusCode: status, headers } = response;
      text(response).then((body) => resolve({ status, type: headers['content-type'], body }), reject);
    });
    sent.end(form && new URLSearchParams(form).toString());
    return promise;
  };
};

export type SiteClient = Awaited<ReturnType<typeof createSiteClient>>;

/** For the SDK's clients: MiniStack, as the owner of its only account. */
export const toClientOptions = ({ endpoint, region }: MiniStack) => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
