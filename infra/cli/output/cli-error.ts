export const exitCodes = { done: 0, failed: 1, usage: 2, notFound: 3 } as const;

/** The command was understood and cannot be done; the message is a sentence for the operator. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number = exitCodes.failed, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
