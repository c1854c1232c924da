import { Duration } from 'aws-cdk-lib';
import {
  Dashboard as CloudWatchDashboard,
  Color,
  GraphWidget,
  type GraphWidgetProps,
  type HorizontalAnnotation,
  type IMetric,
  type IWidget,
  MathExpression,
  Metric,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Publication } from '../../functions/core/publication.ts';
import { createFunctionMetric, createReputationMetric } from './create-metrics.ts';
import type { Newsletter } from './newsletter.ts';
import type { NodeLambda } from './node-lambda.ts';
import type { Publishing } from './publishing.ts';
import type { Site } from './site.ts';
import type { WorkQueue } from './work-queue.ts';

export interface DashboardProps {
  readonly publication: Publication;
  readonly site: Site;
  readonly publishing: Publishing;
  readonly newsletter: Newsletter;
}

const hour = Duration.hours(1);
const day = Duration.days(1);

/** One dashboard of at most fifty metrics: an account has three of them free. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { publication, site } = props;
    new CloudWatchDashboard(this, 'Dashboard', {
      defaultInterval: Duration.days(7),
      widgets: [
        [createTextWidget(`# ${publication.title}\n[${site.address}](${site.address}). Runbook: docs/runbook.md`)],
        createPublishingRow(props.publishing),
        createQueuesRow(props),
        createReadersRow(props.newsletter),
        createIssuesRow(props.newsletter),
        createCostRow(props),
      ],
    });
  }
}

const createTextWidget = (markdown: string): IWidget => new TextWidget({ markdown, width: 24, height: 2 });

const createGraph = (title: string, metrics: IMetric[], more: Partial<GraphWidgetProps> = {}): IWidget =>
  new GraphWidget({ title, left: metrics, width: 12, height: 6, leftYAxis: { min: 0 }, ...more });

const createPublishingRow = ({ publish, seedsChanged }: Publishing): IWidget[] => {
  const uploads = new Metric({
    namespace: 'AWS/Events',
    metricName: 'Invocations',
    dimensionsMap: { RuleName: seedsChanged.ruleName },
    statistic: 'Sum',
    period: hour,
    label: 'uploads and deletions',
  });
  const createTimeMetric = (statistic: string, label: string) =>
    createFunctionMetric(publish, 'publishingTime', { statistic, period: hour, label });
  return [
    createGraph('Uploads', [
      uploads,
      createFunctionMetric(publish, 'published', { period: hour, label: 'published' }),
      createFunctionMetric(publish, 'rejections', { period: hour, label: 'refused' }),
      createFunctionMetric(publish, 'hubFailures', { period: hour, label: 'hubs that failed' }),
    ]),
    createGraph('From upload to reader (seconds)', [
      createTimeMetric('p50', 'median'),
      createTimeMetric('p95', '95th percentile'),
    ]),
  ];
};

const createQueuesRow = ({ publishing, newsletter }: DashboardProps): IWidget[] => {
  const queues: [string, WorkQueue][] = [
    ['uploads', publishing.uploadsQueue],
    ...Object.entries<WorkQueue>(newsletter.queues),
  ];
  return [
    createGraph(
      'Age of the oldest message (seconds)',
      queues.map(([label, queue]) => queue.createAgeMetric(label)),
    ),
    createGraph(
      'Dead letters',
      queues.map(([label, queue]) => queue.createDeadLettersMetric(label)),
    ),
  ];
};

const createReadersRow = ({ lambdas }: Newsletter): IWidget[] => {
  const { composeIssue, subscriptions, recordFeedback } = lambdas;
  const createActiveMetric = (metric: Parameters<typeof createFunctionMetric>[1], label: string) =>
    createFunctionMetric(composeIssue, metric, { statistic: 'Maximum', period: day, label });
  const createDailyMetric = (lambda: NodeLambda, metric: Parameters<typeof createFunctionMetric>[1], label: string) =>
    createFunctionMetric(lambda, metric, { period: day, label });
  return [
    createGraph('Active subscribers at each issue', [
      createActiveMetric('subscribersImmediately', 'immediately'),
      createActiveMetric('subscribersDaily', 'daily'),
      createActiveMetric('subscribersWeekly', 'weekly'),
      createActiveMetric('subscribersMonthly', 'monthly'),
    ]),
    createGraph('Subscribers who became', [
      createDailyMetric(subscriptions, 'signUps', 'pending (signed up)'),
      createDailyMetric(subscriptions, 'confirmations', 'active (confirmed)'),
      createDailyMetric(subscriptions, 'unsubscribes', 'unsubscribed'),
      createDailyMetric(subscriptions, 'signUpsRefused', 'refused: too many sign-ups'),
      createDailyMetric(subscriptions, 'mailFailures', 'without their mail: not accepted'),
      ...(recordFeedback
        ? [
            createDailyMetric(recordFeedback, 'bounces', 'bounced'),
            createDailyMetric(recordFeedback, 'complaints', 'complained'),
          ]
        : []),
    ]),
  ];
};

/** Every issue adds up: planned = sent + failed + suppressed + uncertain, once none is in transit. */
const createIssuesRow = ({ lambdas: { composeIssue, deliver, recordFeedback } }: Newsletter): IWidget[] => {
  const messages = {
    planned: createFunctionMetric(composeIssue, 'messagesPlanned', { label: 'planned', period: day }),
    sent: createFunctionMetric(deliver, 'messagesSent', { label: 'sent', period: day }),
    failed: createFunctionMetric(deliver, 'messagesFailed', { label: 'failed', period: day }),
    suppressed: createFunctionMetric(deliver, 'messagesSuppressed', { label: 'suppressed', period: day }),
    uncertain: createFunctionMetric(deliver, 'messagesUncertain', { label: 'uncertain', period: day }),
  };
  const inTransit = new MathExpression({
    expression: 'FILL(planned, 0) - FILL(sent, 0) - FILL(failed, 0) - FILL(suppressed, 0) - FILL(uncertain, 0)',
    usingMetrics: messages,
    label: 'in transit',
    period: day,
  });
  const sums = new SingleValueWidget({
    title: 'Messages of issues: planned = sent + failed + suppressed + uncertain + in transit',
    metrics: [...Object.values(messages), inTransit],
    setPeriodToTimeRange: true,
    width: recordFeedback ? 12 : 24,
    height: 6,
  });
  if (!recordFeedback) return [sums];
  const createLimit = (value: number, label: string): HorizontalAnnotation => ({ value, label, color: Color.RED });
  return [
    sums,
    createGraph('Bounces (whole account)', [createReputationMetric('BounceRate')], {
      width: 6,
      leftAnnotations: [createLimit(0.05, '5 %: AWS may suspend sending')],
    }),
    createGraph('Complaints (whole account)', [createReputationMetric('ComplaintRate')], {
      width: 6,
      leftAnnotations: [createLimit(0.001, '0.1 %: AWS may suspend sending')],
    }),
  ];
};

const createCostRow = ({ publishing, newsletter, site }: DashboardProps): IWidget[] => {
  const lambdas = {
    publish: publishing.publish,
    resizePicture: publishing.resizePicture,
    ...newsletter.lambdas,
  };
  const gigabyteSeconds = Object.entries<NodeLambda>(lambdas).map(
    ([label, { function: lambda, memoryGigabytes }]) =>
      new MathExpression({
        expression: `${label} / 1000 * ${memoryGigabytes}`,
        usingMetrics: { [label]: lambda.metricDuration({ statistic: 'Sum', period: day }) },
        label,
        period: day,
      }),
  );
  const createCapacityMetric = (metricName: string, label: string) =>
    publishing.table.metric(metricName, { statistic: 'Sum', period: day, label });
  const createCloudFrontMetric = (metricName: string, label: string) =>
    new Metric({
      namespace: 'AWS/CloudFront',
      metricName,
      dimensionsMap: { DistributionId: site.distribution.distributionId, Region: 'Global' },
      region: 'us-east-1',
      statistic: 'Sum',
      period: day,
      label,
    });
  const width = 6;
  return [
    createGraph('Lambda, GB-seconds per day', gigabyteSeconds, { width, stacked: true }),
    createGraph(
      'Table, units per day',
      [
        createCapacityMetric('ConsumedReadCapacityUnits', 'read'),
        createCapacityMetric('ConsumedWriteCapacityUnits', 'written'),
      ],
      { width },
    ),
    createGraph(
      'Messages sent per day',
      [createFunctionMetric(newsletter.lambdas.deliver, 'messagesSent', { period: day, label: 'messages' })],
      { width },
    ),
    createGraph('CloudFront per day', [createCloudFrontMetric('Requests', 'requests')], {
      width,
      right: [createCloudFrontMetric('BytesDownloaded', 'bytes')],
    }),
  ];
};
