import { createHash, timingSafeEqual } from 'node:crypto';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { createPageContext, type PageContext } from '../core/site/page-context.ts';
import { renderNotFoundPage } from '../core/site/render-not-found-page.ts';
import { sitePaths } from '../core/site-paths.ts';
import { edgeHeader, subscriptionsHeaders } from '../platform/contract.ts';
import { saveIssueEdits, showApprovalPage, submitApproval } from './approval.ts';
import { requestOrConfirmAddress, showConfirmAddressPage } from './change-address.ts';
import { readClientAddress } from './client-address.ts';
import { confirm, showConfirmPage } from './confirm.ts';
import { savePreferences, showPreferences } from './preferences.ts';
import { maxEditFormBytes, maxFormBytes, readForm } from './read-form.ts';
import { type Reply, type RequestHandler, replyWithNotice } from './request-handler.ts';
import type { SubscriptionsServices } from './services.ts';
import { signUp } from './sign-up.ts';
import { eraseOrMailDataLink, exportSubscriberData, showDataPage } from './subscriber-data.ts';
import { showUnsubscribePage, unsubscribe } from './unsubscribe.ts';

/** The address of the sign-up has no page of its own: the form is on the Subscribe page. */
const redirectToForm: RequestHandler = async () => ({
  status: 303,
  body: '',
  headers: { location: sitePaths.subscribe },
});

/** A GET changes nothing, since link scanners and previews send it, too. Other methods are refused. */
const routes: Readonly<Record<string, { readonly GET?: RequestHandler; readonly POST: RequestHandler }>> = {
  [sitePaths.subscriptions.signUp]: { GET: redirectToForm, POST: signUp },
  [sitePaths.subscriptions.confirm]: { GET: showConfirmPage, POST: confirm },
  [sitePaths.subscriptions.preferences]: { GET: showPreferences, POST: savePreferences },
  [sitePaths.subscriptions.address]: { GET: showConfirmAddressPage, POST: requestOrConfirmAddress },
  [sitePaths.subscriptions.unsubscribe]: { GET: showUnsubscribePage, POST: unsubscribe },
  [sitePaths.subscriptions.export]: { POST: exportSubscriberData },
  [sitePaths.subscriptions.erase]: { GET: showDataPage, POST: eraseOrMailDataLink },
  [sitePaths.subscriptions.approve]: { GET: showApprovalPage, POST: submitApproval },
  [sitePaths.subscriptions.editIssue]: { POST: saveIssueEdits },
};

/**
 * Answers readers and the operator under `/subscriptions`. There are no cookies and no sessions: tokens open
 * everything.
 * @param edgeKey the secret that CloudFront sends; without it, requests are accepted from everywhere
 */
export const createApp = (services: SubscriptionsServices, edgeKey?: string): Hono => {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(subscriptionsHeaders)) context.res.headers.set(name, value);
  });
  app.use(requireCloudFront(edgeKey));
  app.onError((error) => {
    services.log.error('request failed', error);
    return buildFailureResponse(services);
  });
  app.notFound(async () => {
    const page = await readPageContext(services);
    return page ? toResponse({ status: 404, body: renderNotFoundPage(page) }) : buildFailureResponse(services);
  });
  for (const [path, { GET, POST }] of Object.entries(routes)) {
    const refuseMethod: RequestHandler = async ({ page }) => ({
      ...replyWithNotice(page, 'unreadable', 405),
      headers: { allow: GET ? 'GET, HEAD, POST' : 'POST' },
    });
    if (GET) app.get(path, (context) => handleRequest(services, context, GET));
    app.post(path, (context) => handleRequest(services, context, POST));
    app.all(path, (context) => handleRequest(services, context, refuseMethod));
  }
  return app;
};

const handleRequest = async (
  services: SubscriptionsServices,
  context: Context,
  handle: RequestHandler,
): Promise<Response> => {
  const [page, keyring] = await Promise.all([readPageContext(services), services.tokenKeys.getOrCreate()]);
  if (!page) return buildFailureResponse(services);
  const isEdit = context.req.path === sitePaths.subscriptions.editIssue;
  const form = await readForm(context.req.raw, isEdit ? maxEditFormBytes : maxFormBytes);
  if (typeof form === 'number') return toResponse(replyWithNotice(page, 'unreadable', form));
  const reply = await handle({
    services,
    page,
    keyring,
    now: services.now(),
    token: form.get('token') ?? context.req.query('token') ?? '',
    form,
    clientAddress: readClientAddress(context),
  });
  return toResponse(reply);
};

const toResponse = ({ status, body, headers }: Reply): Response =>
  new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers } });

/** What every page is made from; undefined until something was published, since the site has no address before. */
const readPageContext = async ({
  publication,
  render,
  readSite,
}: SubscriptionsServices): Promise<PageContext | undefined> => {
  const { site, pages } = await readSite();
  return site === undefined ? undefined : createPageContext({ publication, render, site, hasSignUp: true, pages });
};

const buildFailureResponse = async (services: SubscriptionsServices): Promise<Response> => {
  const page = await readPageContext(services).catch(() => undefined);
  if (page) return toResponse(replyWithNotice(page, 'failed', 503));
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return toResponse({ status: 503, body: 'Please try again in a few minutes.\n', headers });
};

const hashText = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Refuses requests that do not come through CloudFront, which sends the key. */
const requireCloudFront =
  (edgeKey: string | undefined): MiddlewareHandler =>
  async (context, next) => {
    const sentKey = context.req.header(edgeHeader) ?? '';
    if (edgeKey === undefined || timingSafeEqual(hashText(sentKey), hashText(edgeKey))) return next();
    return context.text('Please come by the address of the site.\n', 403);
  };
