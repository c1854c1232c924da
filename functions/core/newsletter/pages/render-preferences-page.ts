import { selectPageMessages, selectSubscriptionMessages } from '../../messages.ts';
import { selectCadences } from '../../publication.ts';
import type { PageContext } from '../../site/page-context.ts';
import { renderDocument, toHref } from '../../site/render-document.ts';
import { sitePaths } from '../../site-paths.ts';
import { formatDate, formatIsoDay } from '../../text/format-date.ts';
import { interpolate } from '../../text/interpolate.ts';
import { listPauseDays, type PauseChoice, pauseChoices } from '../subscriber/pause.ts';
import { isPaused, type Subscriber } from '../subscriber/subscriber-record.ts';
import { listTopicOptions } from '../subscriber/topic-choice.ts';

export type RefusedChoice = 'choice' | 'date' | 'topics';

/** The form of cadence, pause and topics, as a reader filled it in. */
export interface WrittenChoices {
  readonly choice: string;
  readonly date: string;
  readonly topics: readonly string[];
  /** What of it cannot be saved. */
  readonly problems: ReadonlySet<RefusedChoice>;
}

/** What a reader sent that cannot be saved. */
export interface RejectedPreferences {
  /** The new address, where mail cannot reach it. */
  readonly address?: string;
  readonly choices?: WrittenChoices;
}

export interface PreferencesPage {
  readonly subscriber: Subscriber & { readonly state: 'active' };
  readonly token: string;
  readonly unsubscribeToken: string;
  readonly dataLink: string;
  readonly saved: boolean;
  readonly now: Date;
  readonly rejected?: RejectedPreferences;
}

export const renderPreferencesPage = (context: PageContext, preferences: PreferencesPage): string => {
  const { subscriber, token, unsubscribeToken, dataLink, saved, rejected = {} } = preferences;
  const { choices } = rejected;
  const subscriptionMessages = selectSubscriptionMessages(context);
  return renderDocument(
    context,
    'preferences',
    { title: subscriptionMessages.preferencesHeading, description: subscriptionMessages.preferencesHeading },
    {
      subscriptionMessages,
      email: subscriber.email,
      ...buildRhythmView(context, preferences),
      topics: listTopicOptions(context.publication, subscriber.topics, choices?.topics).map((topic, index) => ({
        ...topic,
        hasFocus: index === 0 && choices?.problems.has('topics'),
      })),
      topicProblem: choices?.problems.has('topics') ? subscriptionMessages.unknownTopic : undefined,
      token,
      unsubscribeToken,
      saved,
      rejectedAddress: rejected.address,
      problem: rejected.address === undefined ? undefined : subscriptionMessages.invalidAddress,
      dataLink,
      actions: {
        preferences: toHref(sitePaths.subscriptions.preferences),
        address: toHref(sitePaths.subscriptions.address),
        unsubscribe: toHref(sitePaths.subscriptions.unsubscribe),
      },
    },
  );
};

/** Cadences and pauses are one choice: whoever chooses a cadence goes on. */
const buildRhythmView = (context: PageContext, { subscriber, now, rejected }: PreferencesPage) => {
  const { publication } = context;
  const written = rejected?.choices;
  const offered = selectCadences(publication);
  const messages = selectPageMessages(context);
  const words = selectSubscriptionMessages(context);
  const pause = isPaused(subscriber, now.toISOString()) ? findPauseChoice(subscriber) : undefined;
  const chosen = written?.choice ?? pause ?? subscriber.cadence;
  const isFormer = !offered.includes(subscriber.cadence);
  const names: Record<PauseChoice, string> = {
    'pause-week': words.pauseWeek,
    'pause-month': words.pauseMonth,
    'pause-quarter': words.pauseQuarter,
    'pause-date': words.pauseDate,
    pause: words.pause,
  };
  const { first, last } = listPauseDays({ publication, now });
  const formatDay = (day: string): string =>
    formatDate(`${day}T12:00:00.000Z`, { ...publication, timeZone: 'UTC' }, true).text;
  const { pausedUntil } = subscriber;
  const endDay = pause && pausedUntil !== undefined ? formatIsoDay(pausedUntil, publication) : undefined;
  const endText = endDay === undefined ? words.pausedOpen : interpolate(words.pausedUntil, { date: formatDay(endDay) });
  return {
    cadence: subscriber.cadence,
    pauseText: pause && endText,
    choices: offered.map((choice, index) => ({
      choice,
      name: messages[choice],
      chosen: choice === chosen,
      hasFocus: index === 0 && written?.problems.has('choice'),
    })),
    choiceProblem: written?.problems.has('choice') || (isFormer && !pause) ? words.unknownChoice : undefined,
    choiceNote: formatQuieterNote(context, subscriber),
    pauses: pauseChoices.map((choice) => ({ choice, name: names[choice], chosen: choice === chosen })),
    date: { first, last, value: written?.date ?? endDay ?? '' },
    dateProblem: written?.problems.has('date')
      ? interpolate(words.invalidDate, { first: formatDay(first), last: formatDay(last) })
      : undefined,
  };
};

/** Says what they get in the place of what they chose. */
const formatQuieterNote = (context: PageContext, { chosenCadence, cadence }: PreferencesPage['subscriber']) => {
  if (chosenCadence === undefined) return undefined;
  const messages = selectPageMessages(context);
  const { quieterCadence } = selectSubscriptionMessages(context);
  return interpolate(quieterCadence, { chosen: messages[chosenCadence], cadence: messages[cadence] });
};

const findPauseChoice = ({ pausedUntil }: PreferencesPage['subscriber']): PauseChoice =>
  pausedUntil === undefined ? 'pause' : 'pause-date';
