import type { ServerResponse } from 'node:http';
import { type RunningServer, serve } from '../http-server.ts';
import type { SitePlan } from '../template/plan.ts';
import { answerViewer } from './answer-viewer.ts';
import { prepareBehaviour } from './behaviour.ts';
import { createFetchOrigin } from './fetch-origin.ts';

const fail = (error: unknown, response: ServerResponse): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`The site could not be served: ${error instanceof Error ? error.message : String(error)}\n`);
};

/**
 * Serves a bucket as the template's distribution would, without a cache.
 * @throws {PortTaken}
 */
export const startSite = (
  plan: SitePlan,
  { s3Endpoint, port }: { s3Endpoint: string; port: number },
): Promise<RunningServer> => {
  const site = {
    plan,
    behaviours: plan.behaviours.map(prepareBehaviour),
    origin: createFetchOrigin(s3Endpoint, `/${plan.bucket}${plan.originPath}`),
  };
  return serve((viewer, response) => {
    answerViewer(site, viewer, response).catch((error: unknown) => fail(error, response));
  }, port);
};
