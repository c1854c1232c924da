import { Hono } from 'hono';
import { z } from 'zod';
import type { TokenKeyStore } from '../adapters/table/token-keys.ts';
import { parseApprovalToken } from '../core/newsletter/issue/approval.ts';
import type { Issue } from '../core/newsletter/issue/issue-record.ts';
import { renderApprovalPage } from '../core/newsletter/pages/render-approval-page.ts';
import type { Publication } from '../core/publication.ts';
import type { Render } from '../core/render.ts';
import { renderStyle } from '../core/site/render-assets.ts';
import { sitePaths } from '../core/site-paths.ts';
import { type DecideIssueServices, decideIssue } from './decide-issue.ts';

/** What the operator's approvals need from outside. */
export interface ApprovalServices extends DecideIssueServices {
  readonly publication: Publication;
  readonly render: Render;
  /** Origin of the site, once publishing has noted it down. */
  readonly site: () => Promise<string | undefined>;
  readonly tokenKeys: Pick<TokenKeyStore, 'getOrCreate'>;
  readonly now: () => Date;
}

const formSchema = z.object({ token: z.string(), decision: z.enum(['approve', 'discard']) });

/** GET shows a held issue's buttons to the operator and changes nothing, POST approves or discards it. */
export const createApprovalRoutes = (services: ApprovalServices): Hono => {
  const app = new Hono();
  app.get(sitePaths.subscriptions.approve, async ({ req }) => {
    const token = req.query('token') ?? '';
    return buildResponse(services, token, await findHeldIssue(services, token));
  });
  app.post(sitePaths.subscriptions.approve, async ({ req }) => {
    const form = formSchema.safeParse(await req.parseBody());
    if (!form.success) return buildResponse(services, '', undefined);
    const { token, decision } = form.data;
    const issue = await findHeldIssue(services, token);
    return buildResponse(services, token, issue && (await decideIssue(services, issue, decision)));
  });
  return app;
};

/** The issue that a token names; one of another instant had its number before. */
const findHeldIssue = async (
  { issues, tokenKeys, now }: ApprovalServices,
  token: string,
): Promise<Issue | undefined> => {
  const { keys } = await tokenKeys.getOrCreate();
  const held = parseApprovalToken(token, keys, now());
  const issue = held && (await issues.get(held.name));
  return issue?.at === held?.at ? issue : undefined;
};

const buildResponse = async (
  { publication, render, site }: ApprovalServices,
  token: string,
  issue: Issue | undefined,
): Promise<Response> => {
  const { hash } = renderStyle(render);
  const context = { publication, render, site: (await site()) ?? '', styleHash: hash, hasSignUp: false };
  const page = renderApprovalPage(context, {
    state: issue?.state ?? 'unknown',
    subject: issue?.subject ?? '',
    token,
  });
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'content-security-policy':
      "default-src 'none'; img-src 'self' data:; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  };
  // Not 404: in its place CloudFront shows the site's own page.
  return new Response(page, { status: issue ? 200 : 410, headers });
};
