import { z } from 'zod';

/** A value as DynamoDB's protocol writes it, of the kinds that are in our table. */
type WireValue = Readonly<Record<string, unknown>>;

const record = z.record(z.string(), z.unknown());

/** A plain value from one of the protocol. */
const fromWire = (wire: unknown): unknown => {
  const [[kind, value] = []] = Object.entries(record.parse(wire));
  if (kind === 'N') return Number(value);
  if (kind === 'L') return z.array(z.unknown()).parse(value).map(fromWire);
  if (kind === 'M') return fromWireAttributes(value);
  if (kind === 'NULL') return null;
  return value;
};

/** Plain attributes from those of the protocol. */
export const fromWireAttributes = (wire: unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record.parse(wire)).map(([name, value]) => [name, fromWire(value)]));

const toWire = (value: unknown): WireValue => {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  return Array.isArray(value) ? { L: value.map(toWire) } : { M: toWireAttributes(value) };
};

/** Attributes as the protocol writes them. */
export const toWireAttributes = (attributes: unknown): WireValue =>
  Object.fromEntries(Object.entries(record.parse(attributes)).map(([name, value]) => [name, toWire(value)]));

/**
 * Bytes that DynamoDB charges for:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const countValueBytes = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (typeof value !== 'object' || value === null) return 1;
  if (Array.isArray(value)) return 3 + value.reduce((sum: number, one) => sum + 1 + countValueBytes(one), 0);
  return 3 + countItemBytes(value) + Object.keys(value).length;
};

/** Of an item: its names and values. */
export const countItemBytes = (item: object): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + countValueBytes(value), 0);
