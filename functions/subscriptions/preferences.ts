import { renderNamedNotice } from '../core/newsletter/pages/render-notice.ts';
import {
  renderPreferencesPage,
  selectPreferenceChoices,
} from '../core/newsletter/pages/render-preferences-page.ts';
import type { Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import { signToken } from '../core/newsletter/subscriber/token.ts';
import { buildTokenLink } from '../core/newsletter/subscriber/token-links.ts';
import { sitePaths } from '../core/site-paths.ts';
import { runForSubscriber } from './run-for-subscriber.ts';
import type { Reply, RequestContext } from './services.ts';

const replyNotSubscribed = ({ page }: RequestContext): Reply => ({
  status: 200,
  body: renderNamedNotice(page, 'notSubscribed'),
});

const replyPreferences = (
  visit: RequestContext,
  subscriber: Subscriber | undefined,
  saved: boolean,
): Reply => {
  if (subscriber?.state !== 'active') return replyNotSubscribed(visit);
  const { page, token, keyring } = visit;
  const leaveToken = signToken({ purpose: 'unsubscribe', key: subscriber.key }, keyring.keys);
  const eraseLink = buildTokenLink('', sitePaths.subscriptions.erase, token);
  return {
    status: 200,
    body: renderPreferencesPage(page, { subscriber, token, unsubscribeToken: leaveToken, eraseLink, saved }),
  };
};

/** Shows what the reader chose. */
export const showPreferences = (visit: RequestContext): Promise<Reply> =>
  runForSubscriber(visit, 'preferences', async (key) =>
    replyPreferences(visit, await visit.services.subscribers.get(key), false),
  );

/** Changes what the reader chose: a cadence, which also ends a pause, or a pause. */
export const savePreferences = (visit: RequestContext): Promise<Reply> =>
  runForSubscriber(visit, 'preferences', async (key) => {
    const { subscribers } = visit.services;
    const known = await subscribers.get(key);
    const choice = selectPreferenceChoices(visit.page).find(
      (offered) => offered === visit.form.get('choice'),
    );
    if (known?.state !== 'active' || choice === undefined) return replyPreferences(visit, known, false);
    const paused = choice === 'pause';
    const { after } = await subscribers.apply(key, {
      kind: 'changePreferences',
      cadence: choice === 'pause' ? known.cadence : choice,
      paused,
    });
    return replyPreferences(visit, after, true);
  });
