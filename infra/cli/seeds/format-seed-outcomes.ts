import { formatTable } from '../output/format-table.ts';
import { formatTime } from '../output/format-time.ts';
import type { SeedChangeOutcome } from './find-seed-outcome.ts';

const formatDetail = (outcome: SeedChangeOutcome, timeZone: string): string => {
  switch (outcome.state) {
    case 'published':
      return outcome.address;
    case 'scheduled':
      return `for ${formatTime(outcome.due, timeZone)}`;
    case 'refused': {
      const { reason, place, previousTitle } = outcome;
      const where = place === undefined ? '' : ` (${place})`;
      const previous = previousTitle === undefined ? '' : ` The previous version stays: “${previousTitle}”.`;
      return `${reason}${where}${previous}`;
    }
    case 'withdrawn':
      return outcome.address ? `another seed keeps the article at ${outcome.address}` : '';
    case 'replaced':
      return 'somebody else has uploaded or deleted it since';
    case 'waiting':
      return 'not done yet: npx seedpress status shows what is waiting';
  }
};

export const formatSeedOutcomes = (outcomes: ReadonlyMap<string, SeedChangeOutcome>, timeZone: string): string =>
  formatTable([...outcomes].map(([key, outcome]) => [outcome.state, key, formatDetail(outcome, timeZone)]));
