import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface AlertProps {
  readonly metric: IMetric;
  readonly threshold: number;
  readonly periods?: number;
  /** The consequence for readers or the publisher, in a sentence. */
  readonly impact: string;
  /** What to do first, in a sentence. */
  readonly action: string;
  /** The anchor of a heading in docs/runbook.md. */
  readonly runbookAnchor: string;
  readonly topic: ITopic;
}

/**
 * An alarm that tells the operator the impact, the first action, and the section of the runbook, and when it is over.
 */
export class Alert extends Alarm {
  constructor(
    scope: Construct,
    id: string,
    { metric, threshold, periods = 1, impact, action, runbookAnchor, topic }: AlertProps,
  ) {
    super(scope, id, {
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${impact} What to do: ${action} See docs/runbook.md#${runbookAnchor}`,
    });
    this.addAlarmAction(new SnsAction(topic));
    this.addOkAction(new SnsAction(topic));
  }
}
