import type { Io } from './io.ts';

/** Takes the part that is done, from 0 to 1, and what it is. */
export type ShowProgress = (part: number, text: string) => void;

/** Characters of a whole bar. */
const barWidth = 30;

/** `[######      ]  20 %  sent 200 of 1000`. */
const formatProgress = (part: number, text: string): string => {
  const done = Math.min(1, Math.max(0, part));
  const bar = '#'.repeat(Math.floor(done * barWidth)).padEnd(barWidth);
  return `[${bar}] ${String(Math.floor(done * 100)).padStart(3)} %  ${text}`;
};

/** Does something with a progress bar on the terminal, which it clears at the end. Without a terminal nothing is shown. */
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
