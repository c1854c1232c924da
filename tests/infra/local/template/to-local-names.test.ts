import { expect, test } from 'vitest';
import { toLocalNames } from '../../../../infra/local/template/references.ts';

test('logical ids become short names, and two that would be the same keep their hashes', () => {
  const ids = ['PublishingSeeds1A2B3C4D', 'PublishFunctionAAAABBBB', 'Twin11111111', 'Twin22222222', 'Plain'];
  expect([...toLocalNames(ids).values()]).toEqual([
    'publishing-seeds',
    'publish',
    'twin11111111',
    'twin22222222',
    'plain',
  ]);
});
