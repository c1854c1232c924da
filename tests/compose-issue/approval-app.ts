import { createStores } from '../../functions/runtime/create-stores.ts';
import { createApp } from '../../functions/subscriptions/create-app.ts';
import type { ComposeIssueFixture } from './compose-issue-fixture.ts';

/** Answers the operator, on the table of a fixture. */
export const createApprovalApp = (fixture: ComposeIssueFixture) =>
  createApp({
    ...fixture.services,
    ...createStores(fixture.publishFixture.table),
    mailer: { sendOne: fixture.services.mailer.sendOne, liftSuppression: async () => {} },
    readSite: async () => ({ site: fixture.services.site, pages: [] }),
    now: () => new Date('2026-11-20T08:00:00Z'),
  });

export const findApprovalLink = (preview: { text: string } | undefined): string =>
  /https:\/\/news\.example(\/subscriptions\/approve\?token=\S+)/.exec(preview?.text ?? '')?.[1] ?? '';
