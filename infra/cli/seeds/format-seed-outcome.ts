import type { SeedChangeOutcome } from './find-seed-outcome.ts';

/** What came of a key, for people. */
export const formatSeedOutcome = (outcome: SeedChangeOutcome): string => {
  switch (outcome.state) {
    case 'published':
      return outcome.address;
    case 'scheduled':
      return `for ${outcome.due}`;
    case 'refused': {
      const { reason, place, previousTitle: stays } = outcome;
      const where = place === undefined ? '' : ` (${place})`;
      return `${reason}${where}${stays === undefined ? '' : ` The version before it stays: “${stays}”.`}`;
    }
    case 'withdrawn':
      return outcome.address ? `another seed keeps the article at ${outcome.address}` : '';
    case 'replaced':
      return 'somebody else has uploaded or deleted it since';
    case 'waiting':
      return 'goes on by itself: npx seedpress status tells what waits';
  }
};
