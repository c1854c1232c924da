/** Where a command reads its surroundings and writes what it has to say. */
export interface Io {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What was asked for: tables, or one JSON document. */
  readonly out: (text: string) => void;
  /** Messages for people. */
  readonly err: (text: string) => void;
  /** Puts a question to whoever sits at the terminal, and gives the answer; absent where nobody does. */
  readonly ask?: (question: string) => Promise<string>;
  /** What is piped into the command. */
  readonly input?: AsyncIterable<Uint8Array>;
  /** Whether `err` is a terminal, on which a line can be written over. */
  readonly isTerminal?: boolean;
}
