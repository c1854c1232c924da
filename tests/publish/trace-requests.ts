/** The requests of one piece of work, in the order in which they began. */
export interface RequestTrace {
  readonly requests: readonly { readonly name: string; readonly about: readonly unknown[] }[];
  /** How many of them went one after the other: what the work waits for where all requests take equally long. */
  readonly longestChain: number;
}

/**
 * Lets requests take equally long: each waits until nothing else can begin, and then all that have begun are answered
 * together. So the longest chain follows from the code alone, not from the machine.
 */
export const createRequestTracer = () => {
  let requests: { name: string; about: readonly unknown[] }[] = [];
  let rounds = 0;
  let waiting: (() => void)[] = [];
  let isTracing = false;

  const answerAll = (): void => {
    const answered = waiting.splice(0);
    rounds += 1;
    for (const answer of answered) answer();
  };

  return {
    /** For the fixture: `onRequest`. */
    onRequest: (name: string, about: readonly unknown[]): Promise<void> | undefined => {
      if (!isTracing) return undefined;
      requests.push({ name, about });
      // Whatever is computed between two requests is done when the event loop has turned twice.
      if (waiting.length === 0) setImmediate(() => setImmediate(answerAll));
      return new Promise((answer) => waiting.push(answer));
    },
    trace: async (work: () => Promise<void>): Promise<RequestTrace> => {
      requests = [];
      rounds = 0;
      waiting = [];
      isTracing = true;
      try {
        await work();
      } finally {
        isTracing = false;
      }
      return { requests, longestChain: rounds };
    },
  };
};

/** `GetObject 1, PutObject 31` */
export const formatCounts = ({ requests }: Pick<RequestTrace, 'requests'>): string =>
  [...Map.groupBy(requests, ({ name }) => name)]
    .map(([name, some]) => `${name} ${some.length}`)
    .sort()
    .join(', ');
