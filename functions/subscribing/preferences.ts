import { tokenLink } from '../core/newsletter/links.ts';
import { newsletterPaths } from '../core/newsletter/paths.ts';
import type { Subscriber } from '../core/newsletter/records.ts';
import { signToken } from '../core/newsletter/token.ts';
import { renderPlainNotice } from '../core/page/render-notice.ts';
import { choicesOf, renderPreferencesPage } from '../core/page/render-preferences-page.ts';
import type { Answer, Visit } from './services.ts';
import { withReader } from './with-reader.ts';

const notSubscribed = ({ page }: Visit): Answer => ({
  status: 200,
  body: renderPlainNotice(page, 'notSubscribed'),
});

const render = (visit: Visit, subscriber: Subscriber | undefined, saved: boolean): Answer => {
  if (subscriber?.state !== 'active') return notSubscribed(visit);
  const { page, token, keyring } = visit;
  const leaveToken = signToken({ purpose: 'unsubscribe', key: subscriber.key }, keyring.keys);
  const eraseLink = tokenLink('', newsletterPaths.erase, token);
  return {
    status: 200,
    body: renderPreferencesPage(page, { subscriber, token, leaveToken, eraseLink, saved }),
  };
};

/** Shows what the reader chose. */
export const showPreferences = (visit: Visit): Promise<Answer> =>
  withReader(visit, 'preferences', async (key) =>
    render(visit, await visit.services.subscribers.get(key), false),
  );

/** Changes what the reader chose: a cadence, which also ends a pause, or a pause. */
export const choosePreferences = (visit: Visit): Promise<Answer> =>
  withReader(visit, 'preferences', async (key) => {
    const { subscribers } = visit.services;
    const known = await subscribers.get(key);
    const choice = choicesOf(visit.page).find((offered) => offered === visit.form.get('choice'));
    if (known?.state !== 'active' || choice === undefined) return render(visit, known, false);
    const paused = choice === 'pause';
    const { after } = await subscribers.apply(key, {
      kind: 'choose',
      cadence: choice === 'pause' ? known.cadence : choice,
      paused,
    });
    return render(visit, after, true);
  });
