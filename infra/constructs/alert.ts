import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface AlertProps {
  readonly metric: IMetric;
  /** The value from which on the operator is told. */
  readonly threshold: number;
  /** How many periods in a row it must be so; one, unless said otherwise. */
  readonly periods?: number;
  /** What readers or the publisher suffer, in a sentence. */
  readonly impact: string;
  /** What to do first, in a sentence. */
  readonly action: string;
  /** The heading in docs/runbook.md that says the rest, as an anchor. */
  readonly runbookAnchor: string;
  readonly topic: ITopic;
}

/** An alarm that tells the operator what is suffered, what to do, and where more of it is written. */
export class Alert extends Alarm {
  constructor(
    scope: Construct,
    id: string,
    {
      metric,
      threshold: atLeast,
      periods = 1,
      impact: says,
      action: cure,
      runbookAnchor: runbook,
      topic,
    }: AlertProps,
  ) {
    super(scope, id, {
      metric,
      threshold: atLeast,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${says} What to do: ${cure} See docs/runbook.md#${runbook}`,
    });
    this.addAlarmAction(new SnsAction(topic));
  }
}
