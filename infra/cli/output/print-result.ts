import type { Io } from './io.ts';

export const printResult = (
  { out }: Pick<Io, 'out'>,
  { json }: { readonly json?: boolean },
  value: unknown,
  text: string,
): void => out(json ? `${JSON.stringify(value)}\n` : text);
