import type { Io } from './io.ts';

/** Signs of a whole bar. */
const barWidth = 30;

/** A bar for a part of 1, with what it is of: `[######      ]  20 %  sent 200 of 1000`. */
const formatProgress = (part: number, text: string): string => {
  const done = Math.min(1, Math.max(0, part));
  const bar = '#'.repeat(Math.floor(done * barWidth)).padEnd(barWidth);
  return `[${bar}] ${String(Math.floor(done * 100)).padStart(3)} %  ${text}`;
};

/** A bar on the terminal, each state written over the one before; nothing where there is no terminal. */
export const createProgressBar = (io: Pick<Io, 'err' | 'isTerminal'>) => ({
  show: (part: number, text: string): void => {
    // Without wrapping: what is longer than the line is cut, or the next state could not be written over it.
    if (io.isTerminal) io.err(`\r\u001b[?7l${formatProgress(part, text)}\u001b[K\u001b[?7h`);
  },
  /** Leaves the line free for what comes next. */
  end: (): void => {
    if (io.isTerminal) io.err('\r\u001b[K');
  },
});
