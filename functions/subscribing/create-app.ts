import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { newsletterPaths } from '../core/newsletter/paths.ts';
import { renderNotFoundPage } from '../core/page/render-not-found-page.ts';
import { renderPlainNotice } from '../core/page/render-notice.ts';
import { renderStyle } from '../core/page/render-style.ts';
import { sitePaths } from '../core/site-paths.ts';
import { admitEdge } from './admit-edge.ts';
import { confirm, showConfirmation } from './confirm.ts';
import { viewerAddress } from './network.ts';
import { choosePreferences, showPreferences } from './preferences.ts';
import { readForm } from './read-form.ts';
import { erase, exportData, showErasure } from './reader-data.ts';
import type { Answer, SubscribingServices, Visit } from './services.ts';
import { signUp } from './sign-up.ts';
import { showUnsubscription, unsubscribe } from './unsubscribe.ts';

type Step = (visit: Visit) => Promise<Answer>;

/** Who types the address of the sign-up, or comes back to it, gets to the form. */
const leadToForm: Step = async () => ({
  status: 303,
  body: '',
  headers: { location: sitePaths.subscribe },
});

/** What answers at each address, by method; every other method is refused there. */
const routes: Readonly<Record<string, { readonly GET?: Step; readonly POST: Step }>> = {
  [newsletterPaths.signUp]: { GET: leadToForm, POST: signUp },
  [newsletterPaths.confirm]: { GET: showConfirmation, POST: confirm },
  [newsletterPaths.preferences]: { GET: showPreferences, POST: choosePreferences },
  [newsletterPaths.unsubscribe]: { GET: showUnsubscription, POST: unsubscribe },
  [newsletterPaths.export]: { POST: exportData },
  [newsletterPaths.erase]: { GET: showErasure, POST: erase },
};

/** Every answer is about one reader: kept by nobody, found by no search engine, its address told to no other site. */
const headers = {
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

const respond = ({ status, body, headers: own = {} }: Answer): Response =>
  new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...own } });

/**
 * Answers readers under `/subscriptions`. There are no cookies and no sessions: a token is all that opens anything.
 * @param edgeKey what CloudFront says to be known; without it everybody is let in
 */
export const createApp = (services: SubscribingServices, edgeKey?: string): Hono => {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers))
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
  });
  app.use(admitEdge(edgeKey));
  app.onError((error) => {
    services.log.error('a reader was not answered', error);
    return failure(services);
  });
  app.notFound(async () => {
    const page = await openPage(services);
    return page ? respond({ status: 404, body: renderNotFoundPage(page) }) : failure(services);
  });
  for (const [path, { GET, POST }] of Object.entries(routes)) {
    if (GET) app.get(path, (context) => answer(services, context, GET));
    app.post(path, (context) => answer(services, context, POST));
    app.all(path, (context) => answer(services, context, refuseMethod(GET ? 'GET, HEAD, POST' : 'POST')));
  }
  return app;
};

const refuseMethod =
  (allow: string): Step =>
  async ({ page }) => ({ status: 405, body: renderPlainNotice(page, 'unreadable'), headers: { allow } });

/** What every page is made from; undefined before anything was published, when the site has no address yet. */
const openPage = async ({ publication, render, site: readSite }: SubscribingServices) => {
  const site = await readSite();
  if (site === undefined) return undefined;
  return { publication, render, site, styleHash: renderStyle(render).hash, signUp: true };
};

const failure = async (services: SubscribingServices): Promise<Response> => {
  const page = await openPage(services).catch(() => undefined);
  if (page) return respond({ status: 503, body: renderPlainNotice(page, 'failed') });
  const plain = { 'content-type': 'text/plain; charset=utf-8' };
  return respond({ status: 503, body: 'Please try again in a few minutes.\n', headers: plain });
};

/** Opens the request, lets the step answer it, and closes it with the headers that every answer has. */
const answer = async (services: SubscribingServices, context: Context, step: Step): Promise<Response> => {
  const [page, keyring] = await Promise.all([openPage(services), services.tokenKeys.get()]);
  if (!page) return failure(services);
  const form = await readForm(context.req.raw);
  if (typeof form === 'number') return respond({ status: form, body: renderPlainNotice(page, 'unreadable') });
  const token = form.get('token') ?? context.req.query('token') ?? '';
  return respond(
    await step({ services, page, keyring, now: services.now(), token, form, from: senderOf(context) }),
  );
};

/** What API Gateway says of a request, as far as it is of use here. */
const gatewaySchema = z.object({
  event: z.object({ requestContext: z.object({ http: z.object({ sourceIp: z.string() }) }) }),
});

/**
 * The network address of the visitor. Behind CloudFront the gateway sees the edge's own, so the edge's header counts
 * first. CloudFront overwrites what a viewer sends under that name, and `admitEdge` turns away who goes past it.
 */
const senderOf = (context: Context): string => {
  const told = viewerAddress(context.req.header('cloudfront-viewer-address') ?? '');
  if (told !== undefined) return told;
  const gateway = gatewaySchema.safeParse(context.env);
  return gateway.success ? gateway.data.event.requestContext.http.sourceIp : 'unknown';
};
