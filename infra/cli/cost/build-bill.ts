import { isUnchecked, type PriceList, toDollars } from './price-list.ts';
import type { UsageRow } from './usage-row.ts';

export interface BillRow extends UsageRow {
  readonly service: string;
  readonly unit: string;
  readonly dollars: number;
  /** Whether its price was written down from memory. */
  readonly unchecked: boolean;
}

export interface Bill {
  readonly rows: readonly BillRow[];
  readonly services: readonly ServiceSum[];
  readonly total: number;
  /** What of the total is free, where nothing else in the account uses it up. */
  readonly free: number;
}

interface ServiceSum {
  readonly service: string;
  readonly dollars: number;
  readonly free: number;
}

export const buildBill = (usage: readonly UsageRow[], list: PriceList): Bill => {
  const rows = usage.map((used): BillRow => {
    const dollars = toDollars(list, used.price, used.quantity);
    const { service = '', unit = '', seen = '' } = list.prices[used.price] ?? {};
    return { ...used, service, unit, dollars, unchecked: isUnchecked({ seen }) };
  });
  const names = [...new Set(Object.values(list.prices).map(({ service }) => service))];
  const services = names.flatMap((service): ServiceSum[] => {
    const serviceRows = rows.filter((one) => one.service === service);
    return serviceRows.length === 0
      ? []
      : [{ service, dollars: sumDollars(serviceRows), free: countFreeDollars(serviceRows, list) }];
  });
  return { rows, services, total: sumDollars(rows), free: countFreeDollars(rows, list) };
};

const sumDollars = (rows: readonly { readonly dollars: number }[]): number =>
  rows.reduce((total, { dollars }) => total + dollars, 0);

const countFreeDollars = (rows: readonly BillRow[], list: PriceList): number =>
  sumDollars(
    Object.entries(list.free).map(([price, { quantity }]) => {
      const used = rows.filter((one) => one.price === price).reduce((all, one) => all + one.quantity, 0);
      return { dollars: toDollars(list, price, Math.min(used, quantity)) };
    }),
  );
