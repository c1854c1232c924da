import { readFileSync } from 'node:fs';
import { z } from 'zod';

const priceSchema = z.object({
  /** Whose bill it is on. */
  service: z.string(),
  /** What is counted, in the plural. */
  unit: z.string(),
  /** Dollars for `per` of it. */
  price: z.number().nonnegative(),
  per: z.number().positive(),
  /** Amazon's own page. */
  page: z.url(),
  /** Where the figure was read, or that it was not. */
  seen: z.string().min(1),
});

const priceListSchema = z.object({
  region: z.string(),
  /** The day of the list, such as `2026-11-24`. */
  asOf: z.iso.date(),
  prices: z.record(z.string(), priceSchema),
  /** What an account has free in every month, by the name of its price. */
  free: z.record(z.string(), z.object({ quantity: z.number().positive(), page: z.url(), seen: z.string() })),
});
export type PriceList = z.infer<typeof priceListSchema>;

/** The list that is used unless another is named. */
export const defaultPriceListFile = new URL('../prices/2026-11-us-east-1.json', import.meta.url);

/**
 * Reads a price list from a file.
 * @throws when there is no such file, or it is no price list
 */
export const readPriceList = (file: URL | string = defaultPriceListFile): PriceList =>
  priceListSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

/** Whether nobody has found a price written anywhere. */
export const isUnchecked = ({ seen }: { readonly seen: string }): boolean => seen.startsWith('from memory, unchecked');

/** Dollars for so many of what a price is for. @throws when the list has no such price */
export const toDollars = (list: PriceList, price: string, quantity: number): number => {
  const found = list.prices[price];
  if (!found) throw new Error(`The price list of ${list.asOf} has no price "${price}".`);
  return (quantity / found.per) * found.price;
};
