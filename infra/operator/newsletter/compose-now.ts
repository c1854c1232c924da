import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from '../../../functions/adapters/queue.ts';
import { issueName } from '../../../functions/core/newsletter/records.ts';
import type { Cadence } from '../../../functions/core/publication.ts';
import { OperatorError } from '../failures.ts';
import { findNext, issueUnderWay, nothingWaits } from './find-next.ts';
import type { Ledger } from './open-ledger.ts';

/** Milliseconds between two looks, and until it is held that nobody works on the call. */
const [pause, patience] = [500, 120_000];

type Composing = Pick<Ledger, 'issues' | 'build' | 'now' | 'publication'> & { readonly calls: Queue };

/** Why there is no issue to compose, where none is under way; undefined where there is. */
const whyNot = async (ledger: Composing, cadence: Cadence): Promise<string | undefined> => {
  const next = await findNext(ledger, cadence);
  if (!next) return nothingWaits(cadence);
  const { minimumArticles } = ledger.publication.newsletter;
  return next.articles < minimumArticles
    ? `${next.articles} articles wait for the next ${cadence} issue, which goes out with ${minimumArticles} or more.`
    : undefined;
};

/**
 * Calls for an issue as the schedule does, dated now, after one that is under way.
 * @returns the issue's name once it is opened, or why there is none
 * @throws {OperatorError} when an issue waits for approval, or nobody works on the call
 */
export const composeNow = async (
  ledger: Composing,
  cadence: Cadence,
): Promise<{ readonly name: string } | { readonly none: string }> => {
  const underWay = await issueUnderWay(ledger, cadence);
  if (underWay?.state === 'held')
    throw new OperatorError(`${issueName(underWay)} waits for approval: approve or discard it first.`);
  const none = underWay ? undefined : await whyNot(ledger, cadence);
  if (none) return { none };
  const time = ledger.now().toISOString();
  await ledger.calls.send({ cadence, time });
  for (let waited = 0; waited < patience; waited += pause) {
    const { at, number, open } = await ledger.issues.cadence(cadence);
    if (at === time) return { name: issueName({ cadence, number: open?.number ?? number }) };
    // Another call was faster, or what waited was withdrawn.
    const gone = open ? undefined : await whyNot(ledger, cadence);
    if (gone) return { none: gone };
    await sleep(pause);
  }
  throw new OperatorError(
    'Nobody took up the call within two minutes: npx seedpress status tells what waits.',
  );
};
