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
import { counted } from './counted.ts';
import type { Newsletter } from './newsletter.ts';
import type { NodeLambda } from './node-lambda.ts';
import type { Publishing } from './publishing.ts';
import { reputation } from './reputation.ts';
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

/**
 * All that goes on, on one page. It counts nothing of its own: an account has three dashboards free, of fifty metrics
 * each, and the services' own metrics cost nothing.
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { publication, site } = props;
    new CloudWatchDashboard(this, 'Dashboard', {
      defaultInterval: Duration.days(7),
      widgets: [
        [
          text(
            `# ${publication.title}\n[${site.address}](${site.address}). What to do about it: docs/runbook.md`,
          ),
        ],
        publishingRow(props.publishing),
        queuesRow(props),
        readersRow(props.newsletter),
        issuesRow(props.newsletter),
        costRow(props),
      ],
    });
  }
}

const text = (markdown: string): IWidget => new TextWidget({ markdown, width: 24, height: 2 });

const graph = (title: string, metrics: IMetric[], more: Partial<GraphWidgetProps> = {}): IWidget =>
  new GraphWidget({ title, left: metrics, width: 12, height: 6, leftYAxis: { min: 0 }, ...more });

const publishingRow = ({ publish, seedsChanged }: Publishing): IWidget[] => {
  const uploads = new Metric({
    namespace: 'AWS/Events',
    metricName: 'Invocations',
    dimensionsMap: { RuleName: seedsChanged.ruleName },
    statistic: 'Sum',
    period: hour,
    label: 'uploads and deletions',
  });
  const time = (statistic: string, label: string) =>
    counted(publish, 'publishingTime', { statistic, period: hour, label });
  return [
    graph('Uploads', [
      uploads,
      counted(publish, 'published', { period: hour, label: 'published' }),
      counted(publish, 'rejections', { period: hour, label: 'refused' }),
    ]),
    graph('From upload to reader, seconds', [time('p50', 'half of them within'), time('p95', '95 % within')]),
  ];
};

const queuesRow = ({ publishing, newsletter }: DashboardProps): IWidget[] => {
  const queues: [string, WorkQueue][] = [
    ['uploads', publishing.work],
    ...Object.entries<WorkQueue>(newsletter.queues),
  ];
  return [
    graph(
      'Age of the oldest message, seconds',
      queues.map(([label, { queue }]) =>
        queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', label }),
      ),
    ),
    graph(
      'Dead letters',
      queues.map(([label, { deadLetters }]) =>
        deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', label }),
      ),
    ),
  ];
};

const readersRow = ({ lambdas }: Newsletter): IWidget[] => {
  const { composeIssue, subscriptions, recordFeedback } = lambdas;
  const active = (metric: 'readersDaily' | 'readersWeekly', label: string) =>
    counted(composeIssue, metric, { statistic: 'Maximum', period: day, label });
  const each = (lambda: NodeLambda, metric: Parameters<typeof counted>[1], label: string) =>
    counted(lambda, metric, { period: day, label });
  return [
    graph('Active subscribers, as each issue finds them', [
      active('readersDaily', 'daily'),
      active('readersWeekly', 'weekly'),
    ]),
    graph('Subscribers who became', [
      each(subscriptions, 'signUps', 'pending (signed up)'),
      each(subscriptions, 'confirmations', 'active (confirmed)'),
      each(subscriptions, 'departures', 'unsubscribed'),
      ...(recordFeedback
        ? [each(recordFeedback, 'bounces', 'bounced'), each(recordFeedback, 'complaints', 'complained')]
        : []),
    ]),
  ];
};

/** Rule of the ledger: planned = sent + failed + suppressed + uncertain, once nothing is on its way. */
const issuesRow = ({ lambdas: { composeIssue, deliver, recordFeedback } }: Newsletter): IWidget[] => {
  const copies = {
    planned: counted(composeIssue, 'copiesPlanned', { label: 'planned', period: day }),
    sent: counted(deliver, 'copiesSent', { label: 'sent', period: day }),
    failed: counted(deliver, 'copiesFailed', { label: 'failed', period: day }),
    suppressed: counted(deliver, 'copiesSuppressed', { label: 'suppressed', period: day }),
    uncertain: counted(deliver, 'copiesUncertain', { label: 'uncertain', period: day }),
  };
  const onTheWay = new MathExpression({
    expression:
      'FILL(planned, 0) - FILL(sent, 0) - FILL(failed, 0) - FILL(suppressed, 0) - FILL(uncertain, 0)',
    usingMetrics: copies,
    label: 'on the way',
    period: day,
  });
  const sums = new SingleValueWidget({
    title: 'Copies of issues: planned = sent + failed + suppressed + uncertain + on the way',
    metrics: [...Object.values(copies), onTheWay],
    setPeriodToTimeRange: true,
    width: recordFeedback ? 12 : 24,
    height: 6,
  });
  if (!recordFeedback) return [sums];
  const limit = (value: number, label: string): HorizontalAnnotation => ({ value, label, color: Color.RED });
  return [
    sums,
    graph('Bounces of the account', [reputation('BounceRate')], {
      width: 6,
      leftAnnotations: [limit(0.05, '5 %: Amazon may stop the account')],
    }),
    graph('Complaints of the account', [reputation('ComplaintRate')], {
      width: 6,
      leftAnnotations: [limit(0.001, '0.1 %: Amazon may stop the account')],
    }),
  ];
};

const costRow = ({ publishing, newsletter, site }: DashboardProps): IWidget[] => {
  const lambdas = { publish: publishing.publish, ...newsletter.lambdas };
  const gigabyteSeconds = Object.entries<NodeLambda>(lambdas).map(
    ([label, { function: lambda, gigabytes }]) =>
      new MathExpression({
        expression: `${label} / 1000 * ${gigabytes}`,
        usingMetrics: { [label]: lambda.metricDuration({ statistic: 'Sum', period: day }) },
        label,
        period: day,
      }),
  );
  const units = (metricName: string, label: string) =>
    publishing.table.metric(metricName, { statistic: 'Sum', period: day, label });
  const edge = (metricName: string, label: string) =>
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
    graph('Lambda, GB-seconds a day', gigabyteSeconds, { width, stacked: true }),
    graph(
      'Table, units a day',
      [units('ConsumedReadCapacityUnits', 'read'), units('ConsumedWriteCapacityUnits', 'written')],
      { width },
    ),
    graph(
      'Copies mailed a day',
      [counted(newsletter.lambdas.deliver, 'copiesSent', { period: day, label: 'copies' })],
      { width },
    ),
    graph('CloudFront a day', [edge('Requests', 'requests')], {
      width,
      right: [edge('BytesDownloaded', 'bytes')],
    }),
  ];
};
