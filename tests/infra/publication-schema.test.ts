import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { publicationSchema } from '../../functions/core/publication.ts';

const file = fileURLToPath(new URL('../../infra/publication-folder/publication.schema.json', import.meta.url));

test('editors complete the settings that there are: publication.schema.json follows the schema', async () => {
  const schema = z.toJSONSchema(publicationSchema, { io: 'input', unrepresentable: 'any' });
  const { properties = {}, ...rest } = schema;
  const stages = { type: 'object', additionalProperties: { type: 'object' } };
  const complete = { ...rest, properties: { $schema: { type: 'string' }, ...properties, stages } };
  await expect(`${JSON.stringify(complete, undefined, 2)}\n`).toMatchFileSnapshot(file);
});
