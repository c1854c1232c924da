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
  { showLine }: Pick<Io, 'showLine'>,
  run: (show: ShowProgress) => Promise<T>,
): Promise<T> => {
  if (!showLine) return run(() => undefined);
  try {
    return await run((part, text) => showLine(formatProgress(part, text)));
  } finally {
    showLine('');
  }
};
