import { readFileSync } from 'node:fs';
import { z } from 'zod';

const priceSchema = z.object({
  service: z.string(),
  unit: z.string(),
  /** Dollars for `per` of it. */
  price: z.number().nonnegative(),
  per: z.number().positive(),
  page: z.url(),
  /** Where the figure was read, or that it was not. */
  seen: z.string().min(1),
});

const priceListSchema = z.object({
  region: z.string(),
  asOf: z.iso.date(),
  prices: z.record(z.string(), priceSchema),
  free: z.record(z.string(), z.object({ quantity: z.number().positive(), page: z.url(), seen: z.string() })),
});
export type PriceList = z.infer<typeof priceListSchema>;

export const defaultPriceListFile = new URL('../prices/2026-11-us-east-1.json', import.meta.url);

export const readPriceList = (file: URL | string = defaultPriceListFile): PriceList =>
  priceListSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

export const isUnchecked = ({ seen }: { readonly seen: string }): boolean => seen.startsWith('from memory, unchecked');

export const toDollars = (list: PriceList, price: string, quantity: number): number => {
  const found = list.prices[price];
  if (!found) throw new Error(`The price list of ${list.asOf} has no price "${price}".`);
  return (quantity / found.per) * found.price;
};
