import { dollarsFor, isUnchecked, type PriceList } from './price-list.ts';
import type { Usage } from './usage.ts';

/** A row with its price in dollars. */
export interface BillRow extends Usage {
  readonly service: string;
  readonly unit: string;
  readonly dollars: number;
  /** Whether its price was written down from memory. */
  readonly unchecked: boolean;
}

export interface Bill {
  readonly rows: readonly BillRow[];
  /** By service, in the order of the price list. */
  readonly services: readonly ServiceSum[];
  readonly total: number;
  /** What of the total is free, where nothing else in the account uses it up. */
  readonly free: number;
}

/** What a service takes, and what of that is free. */
interface ServiceSum {
  readonly service: string;
  readonly dollars: number;
  readonly free: number;
}

/** Puts prices to what is used. @throws when the list lacks one */
export const makeBill = (usage: readonly Usage[], list: PriceList): Bill => {
  const rows = usage.map((used): BillRow => {
    const dollars = dollarsFor(list, used.price, used.quantity);
    const { service = '', unit = '', seen = '' } = list.prices[used.price] ?? {};
    return { ...used, service, unit, dollars, unchecked: isUnchecked({ seen }) };
  });
  const names = [...new Set(Object.values(list.prices).map(({ service }) => service))];
  const services = names.flatMap((service): ServiceSum[] => {
    const own = rows.filter((one) => one.service === service);
    return own.length === 0 ? [] : [{ service, dollars: sum(own), free: freeOf(own, list) }];
  });
  return { rows, services, total: sum(rows), free: freeOf(rows, list) };
};

const sum = (rows: readonly { readonly dollars: number }[]): number =>
  rows.reduce((total, { dollars }) => total + dollars, 0);

const freeOf = (rows: readonly BillRow[], list: PriceList): number =>
  sum(
    Object.entries(list.free).map(([price, { quantity }]) => {
      const used = rows.filter((one) => one.price === price).reduce((all, one) => all + one.quantity, 0);
      return { dollars: dollarsFor(list, price, Math.min(used, quantity)) };
    }),
  );
