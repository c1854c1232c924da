import type { PortInUseError } from './base/http-server.ts';
import { OutdatedTableError } from './dynamodb/create-tables.ts';
import { FolderInUseError } from './lock-folder.ts';
import { MissingFolderError } from './start-local.ts';
import { UsageError } from './start-options.ts';
import { suggestPorts, type WantedPorts } from './suggest-ports.ts';
import { SynthesisError } from './synthesize-app.ts';
import { UnsupportedTemplateError } from './template/template.ts';

/** Errors that the user can correct: a stack trace would hide the message. */
const userErrors = [FolderInUseError, MissingFolderError, SynthesisError, OutdatedTableError, UnsupportedTemplateError];

export interface CommandFailure {
  readonly message: string;
  readonly exitCode: number;
}

/** The message and the exit code for an error. */
export const toCommandFailure = (error: unknown): CommandFailure => {
  if (error instanceof UsageError) return { message: error.message, exitCode: 2 };
  if (!(error instanceof Error)) return { message: String(error), exitCode: 1 };
  const isPlain = userErrors.some((kind) => error instanceof kind);
  return { message: isPlain ? error.message : (error.stack ?? error.message), exitCode: 1 };
};

/** The same for ports in use, with free ones to use instead. */
export const toPortFailure = async (error: PortInUseError, wanted: WantedPorts): Promise<CommandFailure> => {
  const { taken, flags } = await suggestPorts(wanted);
  if (taken.length === 0) return { message: `Port ${error.port} was taken a moment ago. Try again.`, exitCode: 1 };
  const listed = new Intl.ListFormat('en').format(taken.map(String));
  const ports = taken.length === 1 ? `Port ${listed} is` : `Ports ${listed} are`;
  const message = `${ports} taken by another program. Free at the moment: npm start -- ${flags}`;
  return { message, exitCode: 1 };
};
