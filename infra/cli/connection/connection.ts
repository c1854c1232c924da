/** A queue of the publication; urls are SQS's. */
export interface ConnectedQueue {
  readonly name: string;
  readonly url: string;
  /** Absent for a queue that keeps dead letters itself. */
  readonly deadLettersUrl?: string;
}

/** What only a local run has. */
interface LocalRunControl {
  /** Address of the page that shows all mails. */
  readonly inbox: string;
  readonly clockOffsetMs: number;
  /** When the next schedule is due; absent without schedules. */
  readonly nextFiring?: string;
  /** Waits until its functions are done with their messages. */
  readonly waitUntilIdle: () => Promise<void>;
  /**
   * Sets its clock to the next instant at which something is due, `until` at the latest, and waits until that is done.
   * @returns the instant
   */
  readonly advanceClock: (until: Date) => Promise<Date>;
}

/** A running publication, as far as the command needs to know it. */
export interface Connection {
  /** For people: which one it is. */
  readonly name: string;
  /** Absent for a stack on AWS. */
  readonly local?: LocalRunControl;
  /** Variables of all its functions, for `readConfig` and its like; locally with endpoints and credentials. */
  readonly environment: Readonly<Record<string, string>>;
  readonly queues: readonly ConnectedQueue[];
  /** The CloudFormation template that it was made from, as JSON. */
  readonly readTemplate: () => Promise<unknown>;
  /** The topic of alarms; a local run has none. */
  readonly alarmTopicArn?: string;
  /** The publication's time: a local run's may be ahead. */
  readonly now: () => Date;
}
