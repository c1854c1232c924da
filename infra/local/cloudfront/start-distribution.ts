import type { RequestListener, ServerResponse } from 'node:http';
import { formatErrorMessage } from '../base/format-error-message.ts';
import { type RunningServer, serve } from '../base/http-server.ts';
import type { ApiHandler } from '../http-api/create-api-handler.ts';
import { createBehaviour } from './behaviour.ts';
import { createApiOrigin } from './create-api-origin.ts';
import { createErrorCache } from './create-error-cache.ts';
import { handleViewerRequest } from './handle-viewer-request.ts';
import { createBucketOrigin, type FetchOrigin } from './origin.ts';
import type { BehaviourPlan } from './plan-behaviour.ts';
import type { DistributionPlan } from './plan-distributions.ts';
import { addReloadScript, changesPath, type PageChanges } from './reload-pages.ts';

const sendError = (error: unknown, response: ServerResponse): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`The site could not be served: ${formatErrorMessage(error)}\n`);
};

export interface StartDistributionOptions {
  readonly s3Endpoint: string;
  readonly port: number;
  readonly apis?: ReadonlyMap<string, ApiHandler>;
  readonly now?: () => Date;
  /** As whom it reads buckets. */
  readonly accessKeyId?: string;
  /** Tells open pages of changes. */
  readonly pageChanges?: PageChanges;
}

const createOrigin = ({ origin, forward }: BehaviourPlan, props: StartDistributionOptions): FetchOrigin => {
  const { s3Endpoint, accessKeyId, apis, now = () => new Date() } = props;
  if (origin.kind === 'bucket')
    return createBucketOrigin({ s3Endpoint, path: `/${origin.bucket}${origin.path}`, accessKeyId });
  const api = apis?.get(origin.api);
  if (!api) throw new Error(`there is no API ${origin.api}`);
  return createApiOrigin({ api, origin, forward, now });
};

/**
 * Serves buckets and HTTP APIs as the distribution of the template does, but caches errors only.
 * @throws {PortInUseError}
 */
export const startDistribution = (plan: DistributionPlan, props: StartDistributionOptions): Promise<RunningServer> => {
  const { now = () => new Date(), pageChanges } = props;
  const site = {
    plan,
    behaviours: plan.behaviours.map((each) => createBehaviour(each, createOrigin(each, props))),
    errorCache: createErrorCache(plan.errors, now),
    ...(pageChanges && { completePage: addReloadScript }),
  };
  const listener: RequestListener = (viewer, response) => {
    if (pageChanges && viewer.url === changesPath) return pageChanges.listen(response);
    handleViewerRequest(site, viewer, response).catch((error: unknown) => sendError(error, response));
  };
  return serve(listener, props.port, { allowsPictures: true });
};
