import type { Io } from './io.ts';

/** Prints what was asked for: with `--json` as one JSON document, else as text for people. */
export const printResult = (
  { out }: Pick<Io, 'out'>,
  { json }: { readonly json?: boolean },
  value: unknown,
  text: string,
): void => out(json ? `${JSON.stringify(value)}\n` : text);
