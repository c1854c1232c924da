import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import type { Mailer } from '../../functions/adapters/mailer.ts';
import { createSubscriptionsServices } from '../../functions/runtime/subscriptions-services.ts';
import { createApp } from '../../functions/subscriptions/create-app.ts';
import { createInMemoryMailer, type InMemoryMailerOptions } from '../in-memory-mailer.ts';
import { type PublishFixtureOptions, startPublishFixture } from '../publish/publish-fixture.ts';

const visitorAddress = '198.51.100.7';

export interface SubscriptionsFixtureOptions extends PublishFixtureOptions, InMemoryMailerOptions {
  /** A site that has published nothing yet does not know its address. */
  readonly unpublished?: boolean;
  readonly cloudFrontKey?: string;
  /** Instead of one that keeps mails in `mails`. */
  readonly mailer?: Mailer;
}

/** A publication that takes sign-ups: requests are answered at `origin`, mails are kept in `mails`. */
export const startSubscriptionsFixture = async (options: SubscriptionsFixtureOptions = {}) => {
  const publishFixture = await startPublishFixture(options);
  if (!options.unpublished) {
    const { buildVersion, site } = publishFixture.services;
    await publishFixture.services.build.setBuildVersion({ buildVersion, site, isRebuilding: false });
  }
  const { mailer, mails } = createInMemoryMailer(options);
  const logged: { message: string; fields: object }[] = [];
  const metricNames: string[] = [];
  const addLogEntry = (message: string, fields: object = {}) => logged.push({ message, fields });
  const services = createSubscriptionsServices({
    config: {
      publication: publishFixture.services.publication,
      internalBucket: 'internal',
      table: 'table',
      issuesQueue: 'unused',
    },
    clients: publishFixture.clients,
    mailer: options.mailer ?? mailer,
    templates: publishFixture.templates,
    log: {
      info: addLogEntry,
      warn: addLogEntry,
      error: (message, error) => addLogEntry(message, { error: String(error) }),
      count: (metric) => metricNames.push(metric),
    },
    ...(options.now && { now: options.now }),
  });
  const app = createApp(services, options.cloudFrontKey);
  const server = createServer((request, response) => void forwardRequest(app.fetch, request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const origin = `http://127.0.0.1:${port}`;

  const get = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(new URL(path, origin), { redirect: 'manual', ...init });
  /** Posts a form as a browser does, from some network address. */
  const post = (path: string, fields: Record<string, string>, from = visitorAddress): Promise<Response> =>
    get(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'cloudfront-viewer-address': `${from}:46532` },
    });
  return {
    ...publishFixture,
    services,
    app,
    mails,
    logged,
    countedMetrics: metricNames,
    origin,
    get,
    post,
    signUp: (email: string, more: Record<string, string> = {}, from = visitorAddress): Promise<Response> =>
      post('/subscriptions', { email, cadence: 'daily', website: '', ...more }, from),
    /** The path and query of the newest mail's link to a page. */
    findLatestLink: (page: string): string => findLink(mails.at(-1)?.text ?? '', page),
    readSubscriber: async (): Promise<Record<string, unknown> | undefined> => {
      const items = await publishFixture.listItems();
      return [...items].find(([key]) => key.startsWith('SUBSCRIBER#'))?.[1];
    },
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await publishFixture.stop();
    },
  };
};

export type SubscriptionsFixture = Awaited<ReturnType<typeof startSubscriptionsFixture>>;

/** The path and query of a text's link to a page of the subscriptions. */
export const findLink = (text: string, page: string): string => {
  const found = new RegExp(`https://news\\.example(/subscriptions/${page}\\?token=\\S+)`).exec(text)?.[1];
  if (found === undefined) throw new Error(`no link to ${page} in:\n${text}`);
  return found;
};

type FetchHandler = (request: Request, env: object) => Response | Promise<Response>;

/** Passes a request on as API Gateway does, which tells from where it came. */
const forwardRequest = async (
  fetchApp: FetchHandler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  const method = request.method ?? 'GET';
  const body = await buffer(request);
  const answered = await fetchApp(
    new Request(new URL(request.url ?? '/', 'https://news.example'), {
      method,
      headers,
      ...(body.length > 0 && { body }),
    }),
    { event: { requestContext: { http: { sourceIp: request.socket.remoteAddress ?? '' } } } },
  );
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(Buffer.from(await answered.arrayBuffer()));
};
