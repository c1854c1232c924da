/** A row of a bill before it has a price. */
export interface Usage {
  /** The name of a price in the price list. */
  readonly price: string;
  readonly what: string;
  readonly quantity: number;
  /** `counted` is what is asked for or what the template makes; `measured` follows from a benchmark; the rest is guessed. */
  readonly basis: 'counted' | 'measured' | 'estimated';
}

const row =
  (basis: Usage['basis']) =>
  (price: string, what: string, quantity: number): Usage => ({ price, what, quantity, basis });
export const counted = row('counted');
export const measured = row('measured');
export const estimated = row('estimated');
