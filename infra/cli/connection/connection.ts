export interface ConnectedQueue {
  readonly name: string;
  readonly url: string;
  /** Absent for a queue that keeps dead letters itself. */
  readonly deadLettersUrl?: string;
}

interface LocalRunControl {
  readonly inbox: string;
  readonly clockOffsetMs: number;
  readonly nextFiring?: string;
  readonly waitUntilIdle: () => Promise<void>;
  /**
   * Advances its clock to the next instant at which something is due, `until` at most, and waits until that is done.
   */
  readonly advanceClock: (until: Date) => Promise<Date>;
}

export interface Connection {
  readonly name: string;
  /** Absent for a stack on AWS. */
  readonly local?: LocalRunControl;
  /** Variables of all its functions, for `readConfig` and its like; locally with endpoints and credentials. */
  readonly environment: Readonly<Record<string, string>>;
  readonly queues: readonly ConnectedQueue[];
  readonly readTemplate: () => Promise<unknown>;
  readonly alarmTopicArn?: string;
  /** The publication's time: a local run's may be ahead. */
  readonly now: () => Date;
}
