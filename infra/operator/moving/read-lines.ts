import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { z } from 'zod';
import { OperatorError } from '../failures.ts';

/** The JSON of each line of a file; nothing where there is no file. @throws {OperatorError} that names a line that cannot be read */
export async function* readLines<T>(file: string, schema: z.ZodType<T>): AsyncGenerator<T> {
  if (!existsSync(file)) return;
  const handle = await open(file);
  let number = 0;
  for await (const line of handle.readLines()) {
    number += 1;
    yield parseJson(line, schema, `${file}, line ${number}`);
  }
}

/** @throws {OperatorError} for what is no JSON, or other JSON than is wanted */
export const parseJson = <T>(text: string, schema: z.ZodType<T>, place: string): T => {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new OperatorError(`${place} cannot be read: it is not as an export writes it.`, undefined, {
      cause,
    });
  }
};
