import { decideOpening } from '../../../functions/core/newsletter/decide-opening.ts';
import { type Issue, issueName } from '../../../functions/core/newsletter/records.ts';
import type { Cadence, Publication } from '../../../functions/core/publication.ts';
import { exitCodes, OperatorError } from '../failures.ts';
import type { Ledger } from './open-ledger.ts';

/** @throws {OperatorError} where the publication has no digest of the cadence */
export const demandCadence = ({ digest }: Publication, cadence: Cadence): void => {
  if (digest[cadence] === undefined)
    throw new OperatorError(`The publication has no ${cadence} digest.`, exitCodes.notFound);
};

export const nothingWaits = (cadence: Cadence): string => `Nothing waits for the next ${cadence} issue.`;

/** The issue of a cadence that is under way, if any. */
export const issueUnderWay = async (
  { issues }: Pick<Ledger, 'issues'>,
  cadence: Cadence,
): Promise<Issue | undefined> => {
  const { open } = await issues.cadence(cadence);
  const issue = open && (await issues.get(issueName({ cadence, number: open.number })));
  return issue?.at === open?.at ? issue : undefined;
};

/** States in which what an issue says is not settled yet. */
const unsettled: readonly Issue['state'][] = ['composing', 'held', 'approved'];

/** The issue of a cadence that readers have not been promised yet, as it would be now; undefined where nothing waits. */
export const findNext = async (
  ledger: Pick<Ledger, 'issues' | 'build' | 'now'>,
  cadence: Cadence,
): Promise<Issue | undefined> => {
  const underWay = await issueUnderWay(ledger, cadence);
  if (underWay && unsettled.includes(underWay.state)) return underWay;
  const state = await ledger.issues.cadence(cadence);
  const before = state.open ? { ...state, number: state.open.number, arrival: state.open.upTo } : state;
  const { announced } = await ledger.build.get();
  const { entries } = await ledger.issues.waiting(cadence, { after: before.arrival, upTo: announced });
  const time = ledger.now().toISOString();
  const found = { state: before, time, announced, articles: entries.length, minimum: 1 };
  const decision = decideOpening(found);
  if (decision.kind === 'none') return undefined;
  const counts = { articles: entries.length, batches: 0, planned: 0, queued: 0 };
  return { cadence, ...decision.open, subject: '', state: 'composing', ...counts };
};
