import type { ServerResponse } from 'node:http';
import type { Api } from '../api/create-api.ts';
import { type RunningServer, serve } from '../http-server.ts';
import type { BehaviourPlan, SitePlan } from '../template/plan.ts';
import { answerViewer } from './answer-viewer.ts';
import { prepareBehaviour } from './behaviour.ts';
import { createFetchApi } from './fetch-api.ts';
import { createFetchBucket, type FetchOrigin } from './fetch-origin.ts';

const fail = (error: unknown, response: ServerResponse): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`The site could not be served: ${error instanceof Error ? error.message : String(error)}\n`);
};

export interface SiteProps {
  readonly s3Endpoint: string;
  readonly port: number;
  /** The HTTP APIs of the template, by their names. */
  readonly apis?: ReadonlyMap<string, Api>;
  readonly now?: () => Date;
}

const originOf = ({ origin, forward }: BehaviourPlan, props: SiteProps): FetchOrigin => {
  const { s3Endpoint, apis, now = () => new Date() } = props;
  if (origin.kind === 'bucket') return createFetchBucket(s3Endpoint, `/${origin.bucket}${origin.path}`);
  const api = apis?.get(origin.api);
  if (!api) throw new Error(`there is no API ${origin.api}`);
  return createFetchApi({ api, origin, forward, now });
};

/**
 * Serves buckets and HTTP APIs as the template's distribution would, without a cache.
 * @throws {PortTaken}
 */
export const startSite = (plan: SitePlan, props: SiteProps): Promise<RunningServer> => {
  const site = {
    plan,
    behaviours: plan.behaviours.map((each) => prepareBehaviour(each, originOf(each, props))),
  };
  return serve((viewer, response) => {
    answerViewer(site, viewer, response).catch((error: unknown) => fail(error, response));
  }, props.port);
};
