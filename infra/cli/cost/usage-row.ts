export interface UsageRow {
  readonly price: string;
  readonly what: string;
  readonly quantity: number;
  /**
   * `counted` is what is asked for or what the template makes; `measured` follows from a benchmark; the rest is
   * guessed.
   */
  readonly basis: 'counted' | 'measured' | 'estimated';
}

const createUsageRow =
  (basis: UsageRow['basis']) =>
  (price: string, what: string, quantity: number): UsageRow => ({ price, what, quantity, basis });
export const toCountedUsage = createUsageRow('counted');
export const toMeasuredUsage = createUsageRow('measured');
export const toEstimatedUsage = createUsageRow('estimated');
