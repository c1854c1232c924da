import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Where a local run takes requests, and the token that it wants. */
const controlAddressSchema = z.object({ endpoint: z.string(), token: z.string() });
export type ControlAddress = z.infer<typeof controlAddressSchema>;

const toControlFilePath = (data: string): string => join(data, 'control.json');

/** Writes it into the run's data folder, readable by its owner only. */
export const writeControlFile = (data: string, address: ControlAddress): void => {
  removeControlFile(data);
  writeFileSync(toControlFilePath(data), JSON.stringify(address), { mode: 0o600 });
};

export const removeControlFile = (data: string): void => rmSync(toControlFilePath(data), { force: true });

export const readControlFile = (data: string): ControlAddress | undefined => {
  try {
    return controlAddressSchema.parse(JSON.parse(readFileSync(toControlFilePath(data), 'utf8')));
  } catch {
    return undefined;
  }
};
