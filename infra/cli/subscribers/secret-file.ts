import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Keyring } from '../../../functions/adapters/table/token-keys.ts';
import { requireRegularFile } from '../input/require-regular-file.ts';
import { CliError } from '../output/cli-error.ts';

const secretFileSchema = z.object({ addressSecret: z.string().min(1) });

const maxSecretFileBytes = 10_000;

/**
 * Beside a list: the secret with which its hashes of addresses were made. Without it they keep nobody off elsewhere.
 */
export const toSecretFile = (list: string): string => `${list}.secret.json`;

export const writeSecretFile = async (file: string, { addressSecret }: Keyring): Promise<void> =>
  writeFile(file, `${JSON.stringify({ addressSecret }, null, 2)}\n`, { mode: 0o600, flag: 'wx' });

export const readSecretFile = async (list: string): Promise<string | undefined> => {
  const file = toSecretFile(list);
  if (!existsSync(file)) return undefined;
  await requireRegularFile(file, maxSecretFileBytes);
  try {
    return secretFileSchema.parse(JSON.parse(await readFile(file, 'utf8'))).addressSecret;
  } catch (cause) {
    throw new CliError(`${file} is damaged: an export writes it differently.`, undefined, { cause });
  }
};
