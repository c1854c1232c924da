import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { z } from 'zod';
import { CliError } from '../output/cli-error.ts';

export async function* readJsonLines<T>(file: string, schema: z.ZodType<T>): AsyncGenerator<T> {
  if (!existsSync(file)) return;
  const handle = await open(file);
  let number = 0;
  for await (const line of handle.readLines()) {
    number += 1;
    yield parseExportJson(line, schema, `${file}, line ${number}`);
  }
}

export const parseExportJson = <T>(text: string, schema: z.ZodType<T>, place: string): T => {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new CliError(`${place} is damaged: an export writes it differently.`, undefined, { cause });
  }
};
