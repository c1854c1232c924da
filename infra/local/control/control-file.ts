import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Where a local run listens to commands, and the word that opens. */
const controlSchema = z.object({ endpoint: z.string(), token: z.string() });
export type ControlAddress = z.infer<typeof controlSchema>;

const toControlFilePath = (data: string): string => join(data, 'control.json');

/** Leaves it in the run's data folder, for its owner's eyes alone. */
export const writeControlFile = (data: string, address: ControlAddress): void => {
  rmSync(toControlFilePath(data), { force: true });
  writeFileSync(toControlFilePath(data), JSON.stringify(address), { mode: 0o600 });
};

export const removeControlFile = (data: string): void => rmSync(toControlFilePath(data), { force: true });

/** Undefined where no run has left one. */
export const readControlFile = (data: string): ControlAddress | undefined => {
  try {
    return controlSchema.parse(JSON.parse(readFileSync(toControlFilePath(data), 'utf8')));
  } catch {
    return undefined;
  }
};
