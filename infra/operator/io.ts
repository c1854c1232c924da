/** Where a command reads its surroundings and writes what it has to say. */
export interface Io {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What was asked for: tables, or one JSON document. */
  readonly out: (text: string) => void;
  /** Messages for people. */
  readonly err: (text: string) => void;
}
