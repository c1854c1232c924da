import { CliError, exitCodes } from './cli-error.ts';

export interface Io {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What was asked for: tables, or one JSON document. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Asks a question on the terminal and gives the answer; absent without a terminal. */
  readonly ask?: (question: string) => Promise<string>;
  readonly input?: AsyncIterable<Uint8Array>;
  /** Whether `err` is a terminal, on which a line can be overwritten. */
  readonly isTerminal?: boolean;
}

export interface GlobalOptions {
  readonly stack?: string;
  readonly local?: boolean;
  readonly data?: string;
  readonly json?: boolean;
}

/** Of commands that change something. */
export interface ChangeOptions extends GlobalOptions {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

export const printResult = (
  { out }: Pick<Io, 'out'>,
  { json }: { readonly json?: boolean },
  value: unknown,
  text: string,
): void => out(json ? `${JSON.stringify(value)}\n` : text);

export const requireConfirmation = async (io: Io, question: string, { yes }: ChangeOptions): Promise<void> => {
  if (yes) return;
  if (!io.ask)
    throw new CliError('Nothing was changed: there is no terminal to ask on. Add --yes to do it.', exitCodes.usage);
  const answer = await io.ask(`${question} [y/N] `);
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new CliError('Nothing was changed.');
};
