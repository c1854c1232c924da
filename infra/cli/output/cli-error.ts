export const exitCodes = { done: 0, failed: 1, usage: 2, notFound: 3 } as const;

/** The command was understood and cannot be done; the message is a sentence for the operator, or lines. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: number;
  readonly lines: readonly string[];

  constructor(message: string | readonly string[], exitCode: number = exitCodes.failed, options?: ErrorOptions) {
    const lines = typeof message === 'string' ? [message] : message;
    super(lines.join('\n'), options);
    this.exitCode = exitCode;
    this.lines = lines;
  }
}
