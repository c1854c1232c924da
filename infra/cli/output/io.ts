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
