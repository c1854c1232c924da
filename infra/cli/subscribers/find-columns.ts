import { findLeftHeading, isSubscribedWord, type LeftState, toWords } from './status-words.ts';

/** Without what is in brackets, such as a time zone. */
export const normalizeHeading = (heading: string): string => toWords(heading.replace(/\([^()]*\)/g, ' ')).join(' ');

const toHeadings = (headings: string): readonly string[] =>
  headings.split(',').map((heading) => normalizeHeading(heading));

/** Headings of each column, as several systems write them; where a file has two, the first one here counts. */
export const columnHeadings = {
  email: toHeadings(`email, e mail, email address, e mail address, subscriber email, user email, contact email,
    e mail adresse, email adresse, mail, mailadresse, adresse e mail, adresse email, courriel, correo electrónico, correo,
    e mail 1 value, indirizzo email, e mailadres, e post, e postadress, adres e mail, sähköposti, почта, メールアドレス,
    邮箱, 电子邮件, 이메일, subscriber`),
  cadence: toHeadings('cadence, frequency, how often'),
  status: toHeadings(`status, subscription status, subscriber status, email status, global status, list status,
    contact status, member status, newsletter status, subscriber type, state, subscription state, statut, estado, estatus,
    situação, stato, stav, статус, 状態, ステータス, 状态, 상태, tila`),
  consentedAt:
    toHeadings(`confirmed at, confirm time, confirmation time, confirmation date, confirmed on, date confirmed,
    bestätigt am, Bestätigungszeit, date de confirmation, confirmé le, fecha de confirmación, data de confirmação,
    data di conferma, double opt in at, consent at, consented at, consent date, opt in time, optin time, opted in at,
    opt in date, optin date, opt in at, optin at, subscribed at, subscribed on, subscribed date, date subscribed,
    subscription date, subscription time, subscribe date, subscribed, signup date, sign up date, signed up at, signup time,
    joined at, join date, date joined, angemeldet am, Anmeldedatum, abonniert am, Abonnementzeitpunkt, inscrit le,
    date d'inscription, date d'abonnement, fecha de alta, fecha de suscripción, suscrito el, data de inscrição,
    inscrito em, data iscrizione, data di iscrizione, iscritto il, aangemeld op, inschrijfdatum, data zapisu,
    дата подписки, 登録日, 登録日時, 購読開始日, 订阅时间, since, created at, creation date, created on, created,
    create date, date created, date added, added at, added time, added, entered, erstellt am, créé le, date, start date,
    timestamp, datum, fecha, dato, дата, registered, registered at, registered on, anmeldung, anmeldung am,
    registriert am, inscription, inscripción`),
  consent: toHeadings('consent, consent text, consent source, opt in source, source'),
  paused: toHeadings('paused'),
  /** Columns of our own exports. */
  since: toHeadings('since'),
  signedUpAt: toHeadings('signed up at'),
  form: toHeadings('form'),
  hash: toHeadings('address hash'),
  topics: toHeadings('topics'),
  pausedUntil: toHeadings('paused until'),
  position: toHeadings('position'),
} as const;

type Column = keyof typeof columnHeadings;

export interface Columns extends Readonly<Record<Column, number>> {
  readonly headings: readonly string[];
  /** Whether columns other than a status say who is still subscribed, as do those of a list of one's own. */
  readonly isStated: boolean;
  /** Each column of sign-up or confirmation times; the first that is not empty counts. */
  readonly consentTimes: readonly number[];
  /** What they say has to be understood. */
  readonly statuses: readonly number[];
  /** Other columns of a status, perhaps of an order: they can say that somebody left, or is subscribed. */
  readonly otherStatuses: readonly number[];
  /** Columns such as `unsubscribed_at`: not empty and not a no, they say that somebody left. */
  readonly leftSigns: readonly { readonly index: number; readonly heading: string; readonly state: LeftState }[];
  /**
   * Columns such as `subscribed_to_emails`: a no says that somebody left. A yes to `valid` does not say the opposite.
   */
  readonly staySigns: readonly {
    readonly index: number;
    readonly heading: string;
    readonly isStatus: boolean;
    /** The cells may be names or words of any kind. */
    readonly isText: boolean;
  }[];
  /** Columns such as `verified`: a no says that somebody never confirmed. */
  readonly confirmedSigns: readonly number[];
  /** Columns with the words of a form, which say how to unsubscribe, and with its addresses. */
  readonly texts: readonly number[];
}

/** Headings that nothing is read from: one of them may say who left in words that are not known. */
export const listUnreadHeadings = (columns: Columns): string[] => {
  const { headings, email, cadence, consent, paused, pausedUntil, topics, signedUpAt, form, hash, position } = columns;
  const read = new Set([
    ...[email, cadence, consent, paused, pausedUntil, topics, signedUpAt, form, hash, position],
    ...[...columns.consentTimes, ...columns.statuses, ...columns.otherStatuses, ...columns.confirmedSigns],
    ...[...columns.leftSigns, ...columns.staySigns].map(({ index }) => index),
    ...columns.texts,
  ]);
  return headings.filter((heading, index) => heading.trim() !== '' && !read.has(index));
};

/** What other systems have in the place of topics. */
const likeTopics =
  /^(?:(?:subscriber|contact|member|user)s? )?(?:topics?|tags?|labels?|segments?|sections?|newsletters?|interests?|lists?|groups?|categories|themen|thèmes|temas|temi)$/;

/** Headings of columns that say what somebody wants to read, but not in topics of ours. */
export const listTopicLikeHeadings = ({ headings, topics }: Columns, isOfOtherSystem: boolean): string[] =>
  headings.filter(
    (heading, index) => likeTopics.test(normalizeHeading(heading)) && (isOfOtherSystem || index !== topics),
  );

/** Columns about the link or group of an unsubscription, and soft bounces, say nothing about a person. */
const notAboutAPerson = /\b(?:link|url|uri|token|hash|key|page|soft|rate|score|ratio|percent)\b/;

/** How often somebody's mails bounced: only hard bounces say that none reaches them. */
const countsBounces =
  /^(?!.*hard).*\b(?:bounces|(?:bounced?) (?:count|number|total)|(?:count|number|total) (?:of )?bounced?)\b/;

const staying =
  /^(?:is|has|can)?(?:e?mails?|newsletters?|marketing|mailing)*(?:subscribed|subscriber|subscription|subscribe|active|enabled|optedin|optin|allowed|accepted|accept|permission|consent|wanted|deliverable|mailable|reachable|valid|newsletters?|mailinglist)(?:to\w*)?$|^(?:accepts|receives?|wants)(?:e?mails?|newsletters?|marketing)+$/;

/**
 * A question in other words, such as `Newsletter abonniert` or `Can we email you`: a no is a no. Not about what somebody
 * pays for, opens, or gets by other means.
 */
const stayingQuestion =
  /newsletter|mailing ?list|subscri|abonn|inscri|suscri|abbon|iscri|prenumer|opt ?in|consent|einwillig|zustimm|einverst|permission|zgoda|samtyck|souhlas|toestemm|согласи|同意|e ?mails? you|(?:receiv|recev|recib|receb|ricev|empf|erhalt|send|want).*mail/;
const notStayingQuestion =
  /\b(?:active subscription|paid|premium|plan|tier|stripe|opene?d?|opens|click\w*|gift\w*|trial|auto|renew\w*|complimentary|sms|phone|feed|push|whatsapp|notif\w*|comments?|digest|double|unconfirmed|ip|sources?|date|time|at|on|by|since|id)\b/;

const stayingStatus = /subscribed|active|enabled|opt(?:ed)?in|accept|receiv|wants|^newsletters?$|^consent$/;

const confirmation =
  /^(?:is|has)?(?:e?mail)?(?:confirmed|verified|activated|doubleoptin|aktiviert|bestatigt|confirmee?|confirmad[oa]|confermat[oa]|bevestigd|potwierdzon[ya])$/;

const isTextHeading = /newsletters?$|consent/;

/** Statuses of people on a list, and not of what they bought. */
const subscriberStatus =
  /global|mail|newsletter|subscri|abo|kontakt|contact|empf|member|mitglied|list|opt ?in|consent|permission|inscri|suscri|abbon/;
const otherStatus = /order|pay|bill|ship|deliver|stripe|plan|tier|lead|sms|phone|open|marketing contact/;

const anyStatus = /(?:status|\bstate|statut|estado|estatus|stato)\b/;

/** @param statusHeading one that is a status in the system that the file is from */
export const findColumns = (found: readonly string[], statusHeading?: string): Columns => {
  const written = found.map(normalizeHeading);
  const list = (column: Column): number[] =>
    columnHeadings[column].flatMap((heading) => {
      return written.flatMap((each, index) => (each === heading ? [index] : []));
    });
  const first = (column: Column): number => list(column)[0] ?? -1;
  const email = first('email');
  const columns = written
    .map((words, index) => ({ index, heading: found[index] ?? '', words, word: words.replaceAll(' ', '') }))
    .filter(({ index }) => index !== email);
  const own = statusHeading === undefined ? -1 : written.indexOf(statusHeading);
  const plainStatuses = own < 0 ? list('status') : [...list('status'), own];
  const compound = columns.filter(
    ({ words }) => anyStatus.test(words) && subscriberStatus.test(words) && !otherStatus.test(words),
  );
  const statuses = [...new Set([...plainStatuses, ...compound.map(({ index }) => index)])];
  const leftSigns = columns.flatMap(({ index, heading, words }) => {
    const isAboutAPerson = !notAboutAPerson.test(words) && !countsBounces.test(words);
    const state = isAboutAPerson ? findLeftHeading(heading) : undefined;
    return state ? [{ index, heading, state }] : [];
  });
  const staySigns = columns.flatMap(({ index, heading, words, word }) => {
    const isStaying = staying.test(word);
    const isStatus = isStaying ? stayingStatus.test(word) : isSubscribedWord(words);
    const isQuestion = stayingQuestion.test(words) && !notStayingQuestion.test(words) && !findLeftHeading(heading);
    return isStaying || isStatus || isQuestion ? [{ index, heading, isStatus, isText: isTextHeading.test(word) }] : [];
  });
  return {
    headings: found,
    isStated:
      written.includes('confirmed at') ||
      written.includes('consent') ||
      (leftSigns.length > 0 && statuses.length === 0 && !staySigns.some(({ isStatus }) => isStatus)),
    email,
    cadence: first('cadence'),
    status: first('status'),
    consentedAt: first('consentedAt'),
    consent: first('consent'),
    paused: first('paused'),
    since: first('since'),
    signedUpAt: first('signedUpAt'),
    form: first('form'),
    hash: first('hash'),
    topics: first('topics'),
    pausedUntil: first('pausedUntil'),
    position: first('position'),
    consentTimes: list('consentedAt'),
    statuses,
    otherStatuses: columns.flatMap(({ index, words }) =>
      anyStatus.test(words) && !statuses.includes(index) ? [index] : [],
    ),
    leftSigns,
    staySigns,
    texts: columns.flatMap(({ index, words }) =>
      columnHeadings.consent.includes(words) || notAboutAPerson.test(words) ? [index] : [],
    ),
    confirmedSigns: columns.flatMap(({ index, word }) => (confirmation.test(word) ? [index] : [])),
  };
};
