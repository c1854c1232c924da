import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';

/** An update that sets attributes, and condition values that its `ConditionExpression` may name. */
type SetUpdate = Pick<
  UpdateCommandInput,
  'UpdateExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/**
 * The part of an update that sets attributes to values. In conditions beside it `#name` and `:name` mean those of
 * `values`; `also` are more, which are compared only.
 */
export const buildSetUpdate = (values: object, conditionValues: object = {}): SetUpdate => {
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  const compared = Object.entries(conditionValues);
  return {
    UpdateExpression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      [...set, ...compared].map(([name, value]) => [`:${name}`, value]),
    ),
  };
};
