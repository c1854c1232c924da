import type { Cadence } from '../../../functions/core/publication.ts';

/** As in "the next … issue". */
export const toAdjective = (cadence: Cadence): string => (cadence === 'immediately' ? 'immediate' : cadence);
