import {
  articleUnits,
  feedback,
  inBuckets,
  inTable,
  issuePuts,
  memory,
  minutesInMonth,
  oneArticle,
  pollsPerMinute,
  reading,
  signUp,
  stack,
  tick,
} from './assumptions.ts';
import { copiesOf, feedbackOf, issuesOf, kilobytesInGigabyte, type MonthCounts } from './month-counts.ts';
import { measuredAt, sendingUsage } from './sending-usage.ts';
import { counted, estimated, measured, type Usage } from './usage.ts';
import { watchingUsage } from './watching-usage.ts';

/** All that a month uses, a row for each thing that it is used for. Months have thirty days. */
export const countUsage = (counts: MonthCounts): Usage[] => {
  const work = [
    ...mailUsage(counts),
    ...publishingUsage(counts),
    ...issueUsage(counts),
    ...readerUsage(counts),
    ...idleUsage(counts),
  ];
  return [...work, ...storageUsage(counts), ...watchingUsage(counts, work)].filter(
    ({ quantity }) => quantity > 0,
  );
};

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
    counted('lambda.call', 'composing', issues),
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
  const events = feedbackOf(counts);
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

const idleUsage = ({ mailer }: MonthCounts): Usage[] => [
  estimated(
    'sqs.request',
    'asking idle queues',
    stack[mailer].queuesOfLambda * pollsPerMinute * minutesInMonth,
  ),
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
