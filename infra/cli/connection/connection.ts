/** A queue of the publication; urls are SQS's. */
export interface ConnectedQueue {
  readonly name: string;
  readonly url: string;
  /** Absent for a queue that keeps dead letters itself. */
  readonly deadLettersUrl?: string;
}

/** A running publication, as far as its operator needs to know it. */
export interface Connection {
  /** For people: which one it is. */
  readonly name: string;
  /** Whether it runs on this machine. */
  readonly isLocal: boolean;
  /** Variables of all its functions, for `readConfig` and its like; locally with endpoints and credentials. */
  readonly environment: Readonly<Record<string, string>>;
  readonly queues: readonly ConnectedQueue[];
  /** The ARN of the topic that alarms are told to; a local run has none. */
  readonly alarmTopicArn?: string;
  /** The publication's time: a local run's may be ahead. */
  readonly now: () => Date;
}
