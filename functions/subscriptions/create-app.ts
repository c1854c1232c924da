import { createHash, timingSafeEqual } from 'node:crypto';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { renderNamedNotice } from '../core/newsletter/pages/render-notice.ts';
import { renderStyle } from '../core/site/render-assets.ts';
import { renderNotFoundPage } from '../core/site/render-not-found-page.ts';
import { sitePaths } from '../core/site-paths.ts';
import { edgeHeader } from '../platform/contract.ts';
import { confirm, showConfirmPage } from './confirm.ts';
import { parseViewerAddress } from './network.ts';
import { savePreferences, showPreferences } from './preferences.ts';
import { readForm } from './read-form.ts';
import type { Reply, RequestContext, SubscriptionsServices } from './services.ts';
import { signUp } from './sign-up.ts';
import { eraseSubscriberData, exportSubscriberData, showErasePage } from './subscriber-data.ts';
import { showUnsubscribePage, unsubscribe } from './unsubscribe.ts';

type Handler = (visit: RequestContext) => Promise<Reply>;

/** Who types the address of the sign-up, or comes back to it, gets to the form. */
const redirectToForm: Handler = async () => ({
  status: 303,
  body: '',
  headers: { location: sitePaths.subscribe },
});

/** What answers at each address, by method; every other method is refused there. */
const routes: Readonly<Record<string, { readonly GET?: Handler; readonly POST: Handler }>> = {
  [sitePaths.subscriptions.signUp]: { GET: redirectToForm, POST: signUp },
  [sitePaths.subscriptions.confirm]: { GET: showConfirmPage, POST: confirm },
  [sitePaths.subscriptions.preferences]: { GET: showPreferences, POST: savePreferences },
  [sitePaths.subscriptions.unsubscribe]: { GET: showUnsubscribePage, POST: unsubscribe },
  [sitePaths.subscriptions.export]: { POST: exportSubscriberData },
  [sitePaths.subscriptions.erase]: { GET: showErasePage, POST: eraseSubscriberData },
};

/** Every answer is about one reader: kept by nobody, found by no search engine, its address told to no other site. */
const securityHeaders = {
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

const toResponse = ({ status, body, headers: own = {} }: Reply): Response =>
  new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...own } });

/**
 * Answers readers under `/subscriptions`. There are no cookies and no sessions: a token is all that opens anything.
 * @param edgeKey what CloudFront says to be known; without it everybody is let in
 */
export const createApp = (services: SubscriptionsServices, edgeKey?: string): Hono => {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(securityHeaders))
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
  });
  app.use(requireCloudFront(edgeKey));
  app.onError((error) => {
    services.log.error('a reader was not answered', error);
    return buildFailureResponse(services);
  });
  app.notFound(async () => {
    const page = await readPageContext(services);
    return page
      ? toResponse({ status: 404, body: renderNotFoundPage(page) })
      : buildFailureResponse(services);
  });
  for (const [path, { GET, POST }] of Object.entries(routes)) {
    if (GET) app.get(path, (context) => handleRequest(services, context, GET));
    app.post(path, (context) => handleRequest(services, context, POST));
    app.all(path, (context) =>
      handleRequest(services, context, refuseMethod(GET ? 'GET, HEAD, POST' : 'POST')),
    );
  }
  return app;
};

const refuseMethod =
  (allow: string): Handler =>
  async ({ page }) => ({ status: 405, body: renderNamedNotice(page, 'unreadable'), headers: { allow } });

/** What every page is made from; undefined before anything was published, when the site has no address yet. */
const readPageContext = async ({ publication, render, site: readSite }: SubscriptionsServices) => {
  const site = await readSite();
  if (site === undefined) return undefined;
  return { publication, render, site, styleHash: renderStyle(render).hash, hasSignUp: true };
};

const buildFailureResponse = async (services: SubscriptionsServices): Promise<Response> => {
  const page = await readPageContext(services).catch(() => undefined);
  if (page) return toResponse({ status: 503, body: renderNamedNotice(page, 'failed') });
  const plain = { 'content-type': 'text/plain; charset=utf-8' };
  return toResponse({ status: 503, body: 'Please try again in a few minutes.\n', headers: plain });
};

/** Opens the request, lets the step answer it, and closes it with the headers that every answer has. */
const handleRequest = async (
  services: SubscriptionsServices,
  context: Context,
  step: Handler,
): Promise<Response> => {
  const [page, keyring] = await Promise.all([readPageContext(services), services.tokenKeys.getOrCreate()]);
  if (!page) return buildFailureResponse(services);
  const form = await readForm(context.req.raw);
  if (typeof form === 'number')
    return toResponse({ status: form, body: renderNamedNotice(page, 'unreadable') });
  const token = form.get('token') ?? context.req.query('token') ?? '';
  return toResponse(
    await step({
      services,
      page,
      keyring,
      now: services.now(),
      token,
      form,
      clientAddress: readClientAddress(context),
    }),
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
const readClientAddress = (context: Context): string => {
  const told = parseViewerAddress(context.req.header('cloudfront-viewer-address') ?? '');
  if (told !== undefined) return told;
  const gateway = gatewaySchema.safeParse(context.env);
  return gateway.success ? gateway.data.event.requestContext.http.sourceIp : 'unknown';
};

const hashText = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets in only what comes by CloudFront, which says the key; without a key, everything. */
const requireCloudFront =
  (edgeKey: string | undefined): MiddlewareHandler =>
  async (context, next) => {
    const said = context.req.header(edgeHeader) ?? '';
    if (edgeKey === undefined || timingSafeEqual(hashText(said), hashText(edgeKey))) return next();
    return context.text('Please come by the address of the site.\n', 403);
  };
