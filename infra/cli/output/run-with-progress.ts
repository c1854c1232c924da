import type { Io } from './io.ts';

export type ShowProgress = (part: number, text: string) => void;

const barWidth = 30;

/** `[######      ]  20 %  sent 200 of 1000`. */
const formatProgress = (part: number, text: string): string => {
  const done = Math.min(1, Math.max(0, part));
  const bar = '#'.repeat(Math.floor(done * barWidth)).padEnd(barWidth);
  return `[${bar}] ${String(Math.floor(done * 100)).padStart(3)} %  ${text}`;
};

export const runWithProgress = async <T>(
  { err, isTerminal }: Pick<Io, 'err' | 'isTerminal'>,
  run: (show: ShowProgress) => Promise<T>,
): Promise<T> => {
  if (!isTerminal) return run(() => undefined);
  try {
    // Without wrapping: a longer text is cut, since the next one could not be written over two lines.
    return await run((part, text) => err(`\r\u001b[?7l${formatProgress(part, text)}\u001b[K\u001b[?7h`));
  } finally {
    err('\r\u001b[K');
  }
};
