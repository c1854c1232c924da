import { cleanForTerminal, escapeJsonForTerminal } from '../../../functions/core/text/clean-for-terminal.ts';
import { CliError, exitCodes } from './cli-error.ts';

/** What the process has. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Asks a question on the terminal and gives the answer; absent without a terminal. */
  readonly ask?: (question: string) => Promise<string>;
  readonly input?: AsyncIterable<Uint8Array>;
  /** Whether `err` is a terminal, on which a line can be overwritten. */
  readonly isTerminal?: boolean;
}

/** What a command has. Whatever it prints comes from outside: each text is one line and is cleaned here. */
export interface Io extends Pick<Terminal, 'environment' | 'ask' | 'input'> {
  /** What was asked for. */
  readonly out: (...lines: readonly string[]) => void;
  readonly err: (...lines: readonly string[]) => void;
  /** A piece of what was asked for with `--json`. */
  readonly outJson: (json: string) => void;
  /** Overwrites the last line of a terminal, with nothing to remove it. */
  readonly showLine?: (line: string) => void;
}

const formatLines = (lines: readonly string[]): string => lines.map((line) => `${cleanForTerminal(line)}\n`).join('');

/** Without wrapping: a longer text is cut, since the next one could not be written over two lines. */
const formatOverwritten = (line: string): string =>
  line === '' ? '\r\u001b[K' : `\r\u001b[?7l${cleanForTerminal(line)}\u001b[K\u001b[?7h`;

export const createIo = ({ environment, out, err, ask, input, isTerminal }: Terminal): Io => ({
  environment,
  out: (...lines) => out(formatLines(lines)),
  err: (...lines) => err(formatLines(lines)),
  outJson: (json) => out(escapeJsonForTerminal(json)),
  ...(isTerminal && { showLine: (line: string) => err(formatOverwritten(line)) }),
  ...(ask && { ask: (question: string) => ask(cleanForTerminal(question)) }),
  ...(input && { input }),
});

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
  { out, outJson }: Pick<Io, 'out' | 'outJson'>,
  { json }: { readonly json?: boolean },
  value: unknown,
  lines: readonly string[],
): void => (json ? outJson(`${JSON.stringify(value)}\n`) : out(...lines));

export const requireConfirmation = async (io: Io, question: string, { yes }: ChangeOptions): Promise<void> => {
  if (yes) return;
  if (!io.ask)
    throw new CliError('Nothing was changed: there is no terminal to ask on. Add --yes to do it.', exitCodes.usage);
  const answer = await io.ask(`${question} [y/N] `);
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new CliError('Nothing was changed.');
};
