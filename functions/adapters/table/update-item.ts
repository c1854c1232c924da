import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { ItemKey, TableClient } from './client.ts';

/** What an update changes, and when. In expressions `#name` is the attribute `name`, `:name` the value `name`. */
export interface ItemUpdate {
  /** New values of attributes. An attribute whose value is undefined is removed. */
  readonly set?: object;
  /** Expressions that attributes are set to, such as `if_not_exists(#since, :since)`. */
  readonly compute?: Readonly<Record<string, string>>;
  readonly add?: Readonly<Record<string, number>>;
  readonly condition?: string;
  /** Values of expressions, besides those of `set` and `add`. */
  readonly values?: object;
}

type Update = Pick<
  UpdateCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

const buildClause = (action: string, parts: readonly string[]): string[] =>
  parts.length > 0 ? [action + parts.join(', ')] : [];

/** The input of an update that gives the item as it is then: `table.update(key, buildUpdate(…))`. */
export const buildUpdate = ({ set = {}, compute = {}, add = {}, condition, values = {} }: ItemUpdate): Update => {
  const present = Object.entries(set).filter(([, value]) => value !== undefined);
  const removed = Object.keys(set).filter((name) => !present.some(([other]) => other === name));
  const expression = [
    ...buildClause('SET ', [
      ...present.map(([name]) => `#${name} = :${name}`),
      ...Object.entries(compute).map(([name, computed]) => `#${name} = ${computed}`),
    ]),
    ...buildClause(
      'ADD ',
      Object.keys(add).map((name) => `#${name} :${name}`),
    ),
    ...buildClause(
      'REMOVE ',
      removed.map((name) => `#${name}`),
    ),
  ].join(' ');
  const names = `${expression} ${condition ?? ''}`.matchAll(/#(\w+)/g);
  const allValues = [...present, ...Object.entries(add), ...Object.entries(values)];
  return {
    UpdateExpression: expression,
    ...(condition !== undefined && { ConditionExpression: condition }),
    ExpressionAttributeNames: Object.fromEntries([...names].map(([alias, name = '']) => [alias, name])),
    ...(allValues.length > 0 && {
      ExpressionAttributeValues: Object.fromEntries(allValues.map(([name, value]) => [`:${name}`, value])),
    }),
  };
};

/** Updates an item; false where the condition does not hold. */
export const updateItem = async (table: TableClient, key: ItemKey, update: ItemUpdate): Promise<boolean> =>
  (await table.update(key, { ...buildUpdate(update), ReturnValues: 'NONE' })) !== undefined;
