import {
  articleUnits,
  feedback,
  inBuckets,
  inTable,
  issuePuts,
  logged,
  mailsPerFeedback,
  memory,
  minutesInMonth,
  monthsOfLogs,
  oneArticle,
  pollsPerMinute,
  reading,
  signUp,
  stack,
  tick,
} from './assumptions.ts';
import { copiesOf, type MonthCounts } from './month-counts.ts';
import { measuredAt, sendingUsage } from './sending-usage.ts';

/** A row of a bill before it has a price. */
export interface Usage {
  /** The name of a price in the price list. */
  readonly price: string;
  readonly what: string;
  readonly quantity: number;
  /** `counted` is what is asked for or what the template makes; `measured` follows from a benchmark; the rest is guessed. */
  readonly basis: 'counted' | 'measured' | 'estimated';
}

const kilobytesInGigabyte = 1_000_000;

/** All that a month uses, a row for each thing that it is used for. Months have thirty days. */
export const countUsage = (counts: MonthCounts): Usage[] =>
  [
    ...mailUsage(counts),
    ...publishingUsage(counts),
    ...issueUsage(counts),
    ...readerUsage(counts),
    ...idleUsage(),
    ...storageUsage(counts),
    ...watchingUsage(counts),
  ].filter(({ quantity }) => quantity > 0);

const row =
  (basis: Usage['basis']) =>
  (price: string, what: string, quantity: number): Usage => ({ price, what, quantity, basis });
const counted = row('counted');
const measured = row('measured');
const estimated = row('estimated');

const issuesOf = ({ issues }: MonthCounts): number => issues.daily + issues.weekly;

const mailUsage = (counts: MonthCounts): Usage[] =>
  counts.mailer === 'smtp'
    ? [counted('secrets.secret', "the mail server's password", 1)]
    : [
        counted('ses.mail', 'copies of issues', copiesOf(counts)),
        estimated('ses.mail', 'confirmations and welcomes', counts.signUps * signUp.mails),
      ];

const publishingUsage = ({ articles }: MonthCounts): Usage[] => [
  counted('s3.put', 'uploads', articles),
  measured('s3.put', 'publishing', articles * oneArticle.puts),
  measured('s3.get', 'publishing', articles * oneArticle.gets),
  counted('eventbridge.s3Event', 'uploads', articles),
  estimated('dynamodb.read', 'publishing', articles * articleUnits.read),
  estimated('dynamodb.written', 'publishing', articles * articleUnits.written),
  counted('lambda.call', 'publishing', articles),
  estimated('lambda.gigabyteSecond', 'publishing', articles * oneArticle.seconds * memory.publish),
  counted('sqs.request', 'publishing', articles * 3),
];

const issueUsage = (counts: MonthCounts): Usage[] => {
  const { mailsPerSecond } = counts;
  const sending = sendingUsage(copiesOf(counts), mailsPerSecond, measuredAt(mailsPerSecond));
  const issues = issuesOf(counts);
  return [
    counted('scheduler.call', 'issues', issues),
    estimated('s3.put', 'issues', issues * issuePuts),
    measured('dynamodb.read', 'sending', sending.read),
    measured('dynamodb.written', 'sending', sending.written),
    estimated('lambda.call', 'sending, at most', sending.calls),
    estimated('lambda.gigabyteSecond', 'sending, at most', sending.gigabyteSeconds),
    estimated('sqs.request', 'sending, at most', sending.queueRequests),
  ];
};

const readerUsage = (counts: MonthCounts): Usage[] => {
  const { signUps, pageViews, feedReaders } = counts;
  const requests = signUps * signUp.requests;
  const feeds = feedReaders * reading.requestsPerFeedReader;
  const pages = pageViews * reading.requestsPerPage;
  const events = counts.mailer === 'ses' ? copiesOf(counts) / mailsPerFeedback : 0;
  const kilobytes = pageViews * reading.kilobytesPerPage + feeds * reading.kilobytesPerFeedRequest;
  return [
    estimated('api.request', 'signing up', requests),
    estimated('dynamodb.read', 'signing up', signUps * signUp.read),
    estimated('dynamodb.written', 'signing up', signUps * signUp.written),
    estimated('lambda.call', 'signing up', requests),
    estimated('lambda.gigabyteSecond', 'signing up', requests * signUp.seconds * memory.subscriptions),
    estimated('dynamodb.read', 'bounces and complaints', events * feedback.read),
    estimated('dynamodb.written', 'bounces and complaints', events * feedback.written),
    estimated('lambda.call', 'bounces and complaints', events),
    estimated(
      'lambda.gigabyteSecond',
      'bounces and complaints',
      events * feedback.seconds * memory.recordFeedback,
    ),
    estimated('sqs.request', 'bounces and complaints', events * 3),
    estimated('cloudfront.request', 'pages', pages),
    estimated('cloudfront.request', 'feeds', feeds),
    estimated('cloudfront.sent', 'pages and feeds', kilobytes / kilobytesInGigabyte),
    estimated('cloudfront.function', 'Atom and JSON feeds, at most', feeds),
    // The edge asks again after ten seconds, so that hardly anything is answered without the bucket.
    estimated('s3.get', 'pages and feeds, at most', pages + feeds),
  ];
};

const idleUsage = (): Usage[] => [
  estimated('sqs.request', 'asking idle queues', stack.queuesOfLambda * pollsPerMinute * minutesInMonth),
  counted('sqs.request', 'a tick a minute', 3 * minutesInMonth),
  counted('lambda.call', 'a tick a minute', minutesInMonth),
  estimated('lambda.gigabyteSecond', 'a tick a minute', minutesInMonth * tick.seconds * memory.publish),
  estimated('dynamodb.read', 'a tick a minute', minutesInMonth * tick.read),
];

const storageUsage = (counts: MonthCounts): Usage[] => {
  const { archive, subscribers, ledgerMonths, issueKilobytes } = counts;
  const readers = subscribers.daily + subscribers.weekly;
  const records = archive * inTable.article + readers * inTable.subscriber;
  const ledger = copiesOf(counts) * ledgerMonths * inTable.copy;
  const letters = issuesOf(counts) * ledgerMonths * issueKilobytes * 3;
  const documents = archive * inBuckets.article + letters;
  return ['dynamodb.stored', 'dynamodb.recovery']
    .flatMap((price) => [
      estimated(price, 'articles and subscribers', records / kilobytesInGigabyte),
      estimated(price, 'delivery batches, which are kept', ledger / kilobytesInGigabyte),
    ])
    .concat(estimated('s3.stored', 'seeds, pages, issues', documents / kilobytesInGigabyte));
};

const watchingUsage = (counts: MonthCounts): Usage[] => {
  const { articles, signUps, mailsPerSecond } = counts;
  const sending = sendingUsage(copiesOf(counts), mailsPerSecond, measuredAt(mailsPerSecond));
  const kilobytes =
    articles * logged.article +
    sending.calls * logged.delivery +
    signUps * signUp.requests * logged.request +
    minutesInMonth * tick.kilobytesLogged;
  return [
    counted('cloudwatch.alarm', 'alarms', stack.alarms),
    counted('cloudwatch.metric', 'metrics, if all are written', stack.metrics),
    counted('cloudwatch.dashboard', 'dashboards', stack.dashboards),
    estimated('cloudwatch.logged', 'logs', kilobytes / kilobytesInGigabyte),
    estimated('cloudwatch.logStored', 'logs', (kilobytes * monthsOfLogs) / kilobytesInGigabyte),
  ];
};
