import { recordLeftPosition } from '../adapters/table/find-left-position.ts';
import {
  type RefusedChoice,
  type RejectedPreferences,
  renderPreferencesPage,
  type WrittenChoices,
} from '../core/newsletter/pages/render-preferences-page.ts';
import { parsePause, pauseChoices } from '../core/newsletter/subscriber/pause.ts';
import { type ActiveSubscriber, isPaused, type Subscriber } from '../core/newsletter/subscriber/subscriber-record.ts';
import { signToken } from '../core/newsletter/subscriber/token.ts';
import { buildTokenLink } from '../core/newsletter/subscriber/token-links.ts';
import { parseTopicChoice } from '../core/newsletter/subscriber/topic-choice.ts';
import { selectCadences } from '../core/publication.ts';
import { sitePaths } from '../core/site-paths.ts';
import { changeCap, runWithinCap } from './increment-cap.ts';
import {
  type Reply,
  type RequestContext,
  type RequestHandler,
  replyWithNotice,
  runForSubscriber,
} from './request-handler.ts';
import { maxEchoedLength } from './sign-up.ts';

export const showPreferences: RequestHandler = (context) =>
  runForSubscriber(context, 'preferences', async (key) =>
    replyPreferences(context, await context.services.subscribers.get(key)),
  );

export const savePreferences: RequestHandler = (context) =>
  runForSubscriber(context, 'preferences', (key) =>
    runWithinCap(context, `changes#${key}`, changeCap, async () => {
      const { subscribers } = context.services;
      const subscriber = await subscribers.get(key);
      if (subscriber?.state !== 'active') return replyPreferences(context, subscriber);
      const rhythm = parseRhythm(context, subscriber);
      const chosen = parseTopics(context, subscriber);
      if (typeof rhythm === 'string' || typeof chosen === 'string') {
        const problems = new Set<RefusedChoice>();
        if (typeof rhythm === 'string') problems.add(rhythm);
        if (typeof chosen === 'string') problems.add(chosen);
        return replyPreferences(context, subscriber, {
          rejected: { choices: readChoices(context, subscriber, problems) },
        });
      }
      const { after } = await subscribers.apply(key, { kind: 'changePreferences', ...rhythm, ...chosen });
      // Where they are is found now, while their last issue is known; the next that lists them would find it, too.
      if (after) await recordLeftPosition(context.services, after);
      return replyPreferences(context, after, { saved: true });
    }),
  );

/** Who fills in a date and leaves the rest as it is means a pause until then. */
const parseRhythm = ({ form, page, now }: RequestContext, subscriber: ActiveSubscriber) => {
  const { cadence } = subscriber;
  const written = form.get('choice');
  const date = form.get('date') ?? '';
  const chosen = selectCadences(page.publication).find((offered) => offered === written);
  const meansDate = chosen === cadence && date !== '' && !isPaused(subscriber, now.toISOString());
  if (chosen !== undefined && !meansDate) return { cadence: chosen, paused: false };
  const pause = meansDate ? 'pause-date' : pauseChoices.find((offered) => offered === written);
  if (pause === undefined) return 'choice';
  const end = parsePause(pause, date, { publication: page.publication, now });
  return end === 'invalidDate' ? 'date' : { cadence, paused: true, ...end };
};

/** A browser sends no box that is not ticked, so a form with topics says that it has them. One without changes none. */
const readTopics = ({ form }: RequestContext): string[] | undefined =>
  form.has('topics') || form.has('topics-shown') ? form.getAll('topics').filter((slug) => slug !== '') : undefined;

const parseTopics = (context: RequestContext, { topics }: ActiveSubscriber) => {
  const written = readTopics(context);
  if (!written) return { topics };
  const chosen = parseTopicChoice(written, context.page.publication, topics);
  return chosen === 'unknown' ? 'topics' : chosen;
};

/** What the form had, so that nothing needs to be filled in again. */
const readChoices = (
  context: RequestContext,
  { topics = [] }: ActiveSubscriber,
  problems: WrittenChoices['problems'],
): WrittenChoices => ({
  choice: problems.has('date') ? 'pause-date' : (context.form.get('choice') ?? ''),
  date: context.form.get('date')?.slice(0, maxEchoedLength) ?? '',
  topics: readTopics(context) ?? topics,
  problems,
});

export const replyPreferences = (
  { page, token, keyring, now }: RequestContext,
  subscriber: Subscriber | undefined,
  { saved = false, rejected }: { readonly saved?: boolean; readonly rejected?: RejectedPreferences } = {},
): Reply => {
  if (subscriber?.state !== 'active') return replyWithNotice(page, 'notSubscribed');
  const unsubscribeToken = signToken({ purpose: 'unsubscribe', key: subscriber.key }, keyring.keys);
  const dataLink = buildTokenLink('', sitePaths.subscriptions.erase, token);
  return {
    status: rejected === undefined ? 200 : 422,
    body: renderPreferencesPage(page, {
      subscriber,
      token,
      unsubscribeToken,
      dataLink,
      saved,
      now,
      ...(rejected && { rejected }),
    }),
  };
};
