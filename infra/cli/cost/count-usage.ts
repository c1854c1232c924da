import {
  articlePublishing,
  articleTableUnits,
  bucketKilobytes,
  feedbackUsage,
  idleTick,
  minutesPerMonth,
  pictureLook,
  pictureResizing,
  pollsPerMinutePerPoller,
  putsPerIssue,
  readerTraffic,
  regularLook,
  signUpUsage,
  tableKilobytes,
} from './assumptions.ts';
import { countMonitoringUsage } from './count-monitoring-usage.ts';
import { countMonthSendingUsage } from './count-sending-usage.ts';
import {
  addCounts,
  countFeedback,
  countIssueEmails,
  countIssues,
  kilobytesPerGigabyte,
  type MonthCounts,
} from './month-counts.ts';
import type { StackResources } from './stack-resources.ts';
import { toCountedUsage, toEstimatedUsage, toMeasuredUsage, type UsageRow } from './usage-row.ts';

export const countUsage = (counts: MonthCounts, stack: StackResources): UsageRow[] => {
  const work = [
    ...countMailUsage(counts),
    ...countPublishingUsage(counts, stack),
    ...countIssueUsage(counts, stack),
    ...countReaderUsage(counts, stack),
    ...countIdleUsage(stack),
  ];
  return [...work, ...countStorageUsage(counts), ...countMonitoringUsage(counts, stack, work)].filter(
    ({ quantity }) => quantity > 0,
  );
};

const countMailUsage = (counts: MonthCounts): UsageRow[] =>
  counts.mailer === 'smtp'
    ? [toCountedUsage('secrets.secret', "the mail server's password", 1)]
    : [
        toCountedUsage('ses.mail', 'copies of issues', countIssueEmails(counts)),
        toEstimatedUsage('ses.mail', 'confirmations and welcomes', counts.signUps * signUpUsage.mails),
      ];

const pictures = 'sizes of a picture for each article';

const countPublishingUsage = ({ articles }: MonthCounts, { memoryGigabytes: memory }: StackResources): UsageRow[] => [
  toCountedUsage('s3.put', 'uploads', articles),
  toMeasuredUsage('s3.put', 'publishing', articles * articlePublishing.puts),
  toMeasuredUsage('s3.get', 'publishing', articles * articlePublishing.gets),
  toCountedUsage('eventbridge.s3Event', 'uploads', articles),
  toEstimatedUsage('dynamodb.read', 'publishing', articles * articleTableUnits.read),
  toEstimatedUsage('dynamodb.written', 'publishing', articles * articleTableUnits.written),
  toCountedUsage('lambda.call', 'publishing', articles),
  toEstimatedUsage('lambda.gigabyteSecond', 'publishing', articles * articlePublishing.seconds * memory.publish),
  toCountedUsage('sqs.request', 'publishing', articles * 3),
  toMeasuredUsage('s3.get', pictures, articles * pictureResizing.gets),
  toMeasuredUsage('s3.put', pictures, articles * pictureResizing.puts),
  toEstimatedUsage('dynamodb.written', pictures, articles * pictureResizing.written),
  toMeasuredUsage('lambda.gigabyteSecond', pictures, articles * pictureResizing.seconds * memory.resizePicture),
];

const countIssueUsage = (counts: MonthCounts, stack: StackResources): UsageRow[] => {
  const sending = countMonthSendingUsage(counts, stack);
  const issues = countIssues(counts);
  return [
    toCountedUsage('scheduler.call', 'issues', issues),
    toCountedUsage('lambda.call', 'composing', issues),
    toEstimatedUsage('s3.put', 'issues', issues * putsPerIssue),
    toMeasuredUsage('dynamodb.read', 'sending', sending.read),
    toMeasuredUsage('dynamodb.written', 'sending', sending.written),
    toEstimatedUsage('lambda.call', 'sending, at most', sending.calls),
    toEstimatedUsage('lambda.gigabyteSecond', 'sending, at most', sending.gigabyteSeconds),
    toEstimatedUsage('sqs.request', 'sending, at most', sending.queueRequests),
  ];
};

const countReaderUsage = (counts: MonthCounts, { memoryGigabytes: memory }: StackResources): UsageRow[] => {
  const { signUps, pageViews, feedReaders } = counts;
  const requests = signUps * signUpUsage.requests;
  const feeds = feedReaders * readerTraffic.requestsPerFeedReader;
  const pages = pageViews * readerTraffic.requestsPerPage;
  const events = countFeedback(counts);
  const kilobytes = pageViews * readerTraffic.kilobytesPerPage + feeds * readerTraffic.kilobytesPerFeedRequest;
  return [
    toEstimatedUsage('api.request', 'signing up', requests),
    toEstimatedUsage('dynamodb.read', 'signing up', signUps * signUpUsage.read),
    toEstimatedUsage('dynamodb.written', 'signing up', signUps * signUpUsage.written),
    toEstimatedUsage('lambda.call', 'signing up', requests),
    toEstimatedUsage('lambda.gigabyteSecond', 'signing up', requests * signUpUsage.seconds * memory.subscriptions),
    toEstimatedUsage('dynamodb.read', 'bounces and complaints', events * feedbackUsage.read),
    toEstimatedUsage('dynamodb.written', 'bounces and complaints', events * feedbackUsage.written),
    toEstimatedUsage('lambda.call', 'bounces and complaints', events),
    toEstimatedUsage(
      'lambda.gigabyteSecond',
      'bounces and complaints',
      events * feedbackUsage.seconds * memory.recordFeedback,
    ),
    toEstimatedUsage('sqs.request', 'bounces and complaints', events * 3),
    toEstimatedUsage('cloudfront.request', 'pages', pages),
    toEstimatedUsage('cloudfront.request', 'feeds', feeds),
    toEstimatedUsage('cloudfront.sent', 'pages and feeds', kilobytes / kilobytesPerGigabyte),
    toEstimatedUsage('cloudfront.function', 'pages and feeds, at most', pages + feeds),
    // The edge asks again after ten seconds, so that hardly anything is answered without the bucket.
    toEstimatedUsage('s3.get', 'pages and feeds, at most', pages + feeds),
  ];
};

const pictureLooks = 'a look for pictures a minute';
const looks = 'refusals and overdue issues';
const looksPerMonth = minutesPerMonth / regularLook.everyMinutes;

const countIdleUsage = ({ pollers, memoryGigabytes: memory }: StackResources): UsageRow[] => [
  toEstimatedUsage('sqs.request', 'asking idle queues', pollers * pollsPerMinutePerPoller * minutesPerMonth),
  toCountedUsage('sqs.request', 'a tick a minute', 3 * minutesPerMonth),
  toCountedUsage('lambda.call', 'a tick a minute', minutesPerMonth),
  toEstimatedUsage('lambda.gigabyteSecond', 'a tick a minute', minutesPerMonth * idleTick.seconds * memory.publish),
  toEstimatedUsage('dynamodb.read', 'a tick a minute', minutesPerMonth * idleTick.read),
  toCountedUsage('lambda.call', pictureLooks, minutesPerMonth),
  toEstimatedUsage('lambda.gigabyteSecond', pictureLooks, minutesPerMonth * pictureLook.seconds * memory.resizePicture),
  toEstimatedUsage('dynamodb.read', pictureLooks, minutesPerMonth * pictureLook.read),
  toCountedUsage('sqs.request', looks, 3 * looksPerMonth),
  toCountedUsage('lambda.call', looks, looksPerMonth),
  toEstimatedUsage('lambda.gigabyteSecond', looks, looksPerMonth * regularLook.seconds * memory.composeIssue),
  toEstimatedUsage('dynamodb.read', looks, looksPerMonth * regularLook.read),
];

const countStorageUsage = (counts: MonthCounts): UsageRow[] => {
  const { archive, subscribers, ledgerMonths, issueKilobytes } = counts;
  const readers = addCounts(subscribers);
  const records = archive * tableKilobytes.article + readers * tableKilobytes.subscriber;
  const ledger = countIssueEmails(counts) * ledgerMonths * tableKilobytes.copy;
  const emails = countIssues(counts) * ledgerMonths * issueKilobytes * 3;
  const documents = archive * bucketKilobytes.article + emails;
  return ['dynamodb.stored', 'dynamodb.recovery']
    .flatMap((price) => [
      toEstimatedUsage(price, 'articles and subscribers', records / kilobytesPerGigabyte),
      toEstimatedUsage(price, 'delivery batches, which are kept', ledger / kilobytesPerGigabyte),
    ])
    .concat(toEstimatedUsage('s3.stored', 'seeds, pages, issues', documents / kilobytesPerGigabyte));
};
