import { settleProgress } from '../adapters/table/settle-progress.ts';
import { renderPreferencesPage, selectPreferenceChoices } from '../core/newsletter/pages/render-preferences-page.ts';
import type { Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import { signToken } from '../core/newsletter/subscriber/token.ts';
import { buildTokenLink } from '../core/newsletter/subscriber/token-links.ts';
import { sitePaths } from '../core/site-paths.ts';
import { changeCap, runWithinCap } from './increment-cap.ts';
import {
  type Reply,
  type RequestContext,
  type RequestHandler,
  replyWithNotice,
  runForSubscriber,
} from './request-handler.ts';

export const showPreferences: RequestHandler = (context) =>
  runForSubscriber(context, 'preferences', async (key) =>
    replyPreferences(context, await context.services.subscribers.get(key)),
  );

export const savePreferences: RequestHandler = (context) =>
  runForSubscriber(context, 'preferences', (key) =>
    runWithinCap(context, `changes#${key}`, changeCap, async () => {
      const { subscribers } = context.services;
      const subscriber = await subscribers.get(key);
      const choice = selectPreferenceChoices(context.page).find((offered) => offered === context.form.get('choice'));
      if (subscriber?.state !== 'active' || choice === undefined) return replyPreferences(context, subscriber);
      const { after } = await subscribers.apply(key, {
        kind: 'changePreferences',
        cadence: choice === 'pause' ? subscriber.cadence : choice,
        paused: choice === 'pause',
      });
      // Where they are is found now, while their last issue is known; the next that lists them would find it, too.
      if (after) await settleProgress(context.services, after);
      return replyPreferences(context, after, { saved: true });
    }),
  );

export const replyPreferences = (
  { page, token, keyring }: RequestContext,
  subscriber: Subscriber | undefined,
  { saved = false, rejectedAddress }: { readonly saved?: boolean; readonly rejectedAddress?: string } = {},
): Reply => {
  if (subscriber?.state !== 'active') return replyWithNotice(page, 'notSubscribed');
  const unsubscribeToken = signToken({ purpose: 'unsubscribe', key: subscriber.key }, keyring.keys);
  const dataLink = buildTokenLink('', sitePaths.subscriptions.erase, token);
  return {
    status: rejectedAddress === undefined ? 200 : 422,
    body: renderPreferencesPage(page, {
      subscriber,
      token,
      unsubscribeToken,
      dataLink,
      saved,
      ...(rejectedAddress !== undefined && { rejectedAddress }),
    }),
  };
};
