import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { articleBodySchema } from '../core/entry.ts';
import type { ParsedSeed, SeedUploadInput } from '../core/lifecycle/parse-seed-version.ts';
import { rejectionSchema, seedVersionSchema } from '../core/lifecycle/seed-record.ts';

export interface SeedParserOptions {
  /** The main module of the process: `seed-parser-process.ts`, or its bundle. */
  readonly entry: URL;
  /** All of the environment of the process. It must not have the function's credentials. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs?: number;
  readonly maxMemoryMb?: number;
}

export interface SeedParser {
  /**
   * Parses one seed at a time, in the order of the calls. A seed that takes too long or needs too much memory is
   * rejected.
   * @param getTimeLeftMs time until the function ends
   * @returns undefined where too little time is left when the seed's turn comes
   * @throws when the process does not start or is stopped by somebody, which says nothing about the seed
   */
  parse(seed: SeedUploadInput, getTimeLeftMs: () => number): Promise<ParsedSeed | undefined>;
  close(): void;
}

/** Several times what the largest real articles take. */
const maxParseMs = 10_000;
/** The heap of the process. The builder needs the rest of the function's memory. */
const maxParseMemoryMb = 768;
/** For recording the seeds of a batch, and for a round of building. */
const minTimeAfterParsingMs = 40_000;
const startTimeoutMs = 30_000;

const folderRuleSchema = z.object({ folderReason: z.string().exactOptional() });
const parsedSeedSchema = z.union([
  folderRuleSchema.extend({ version: seedVersionSchema, body: articleBodySchema }),
  folderRuleSchema.extend({ rejection: rejectionSchema }),
  folderRuleSchema.extend({ withheld: rejectionSchema }),
]);

/** By these somebody stops a program. A process that ends in any other way during a seed ends because of the seed. */
const stopSignals: ReadonlySet<unknown> = new Set(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']);

type Answer = { readonly message: unknown } | { readonly code: unknown; readonly signal: unknown };

/** Waits for the next message of a process, or its end. @throws when the process cannot be started */
const waitForAnswer = async (child: ChildProcess): Promise<Answer> => {
  const listening = new AbortController();
  const { signal } = listening;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => ({ message })),
      once(child, 'exit', { signal }).then(([code, endSignal]) => ({ code, signal: endSignal })),
    ]);
  } finally {
    listening.abort();
  }
};

/**
 * Parses seeds in a process of its own, which is used again until a seed ends it.
 * docs/decisions/0016-seeds-are-parsed-in-a-process.md
 */
export const createSeedParser = ({
  entry,
  environment = {},
  timeoutMs = maxParseMs,
  maxMemoryMb = maxParseMemoryMb,
}: SeedParserOptions): SeedParser => {
  let running: ChildProcess | undefined;
  let lastTurn: Promise<unknown> = Promise.resolve();

  const startProcess = async (): Promise<ChildProcess> => {
    const child = fork(fileURLToPath(entry), {
      env: { ...environment },
      execArgv: [`--max-old-space-size=${maxMemoryMb}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // Its end is reported as well.
    child.on('error', () => {});
    const timer = setTimeout(() => child.kill('SIGKILL'), startTimeoutMs);
    const answer = await waitForAnswer(child);
    clearTimeout(timer);
    if (!('message' in answer)) throw new Error(`the process that parses seeds does not start: ${formatEnd(answer)}`);
    child.channel?.unref();
    return child;
  };

  const parseNow = async (seed: SeedUploadInput): Promise<ParsedSeed> => {
    const isUsedAgain = running !== undefined;
    const child = running ?? (await startProcess());
    running = child;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    const answer = waitForAnswer(child);
    child.ref();
    child.send(seed, () => {});
    const answered = await answer;
    clearTimeout(timer);
    // While it is idle, it keeps no program running.
    child.unref();
    if ('message' in answered) return parsedSeedSchema.parse(answered.message);
    running = undefined;
    if (isLate) return reject(`takes too long to read (over ${timeoutMs / 1000} s)`);
    // It may have ended before it got the seed, or had too little memory left because of earlier seeds.
    if (isUsedAgain) return parseNow(seed);
    if (stopSignals.has(answered.signal)) throw new Error(`parsing a seed was stopped: ${formatEnd(answered)}`);
    return reject('needs too much memory to read');
  };

  return {
    parse: (seed, getTimeLeftMs) => {
      const turn = lastTurn.then(async () => {
        const hasTime = getTimeLeftMs() >= timeoutMs + minTimeAfterParsingMs;
        return hasTime ? await parseNow(seed) : undefined;
      });
      lastTurn = turn.catch(() => {});
      return turn;
    },
    close: () => {
      running?.kill('SIGKILL');
      running = undefined;
    },
  };
};

const formatEnd = (answer: object): string => JSON.stringify(answer);

const reject = (problem: string): ParsedSeed => ({
  rejection: { reason: `The file ${problem}. Shorten it, or split it into several articles.` },
});
