/** A message of a queue, as far as a function reads it. */
export interface SqsMessage {
  readonly id: string;
  readonly body: string;
}
