import { PortTaken } from './http-server.ts';
import { FolderInUse } from './lock-folder.ts';
import { UsageError } from './read-options.ts';
import { NoSuchFolder } from './start-local.ts';
import { SynthesisFailed } from './synthesize-app.ts';
import { TemplateRefused } from './template/template.ts';

/** What a person caused, or can mend, and what a stack trace would only hide. */
const plain = [FolderInUse, NoSuchFolder, SynthesisFailed, TemplateRefused];

/** The words and the exit code for what kept the local run from starting. */
export const explainFailure = (error: unknown): { message: string; exitCode: number } => {
  if (error instanceof UsageError) return { message: error.message, exitCode: 2 };
  if (error instanceof PortTaken)
    return {
      message: `Port ${error.port} is taken by another program. Choose others: npm start -- --site-port 8081 --s3-port 9001`,
      exitCode: 1,
    };
  if (!(error instanceof Error)) return { message: String(error), exitCode: 1 };
  const isPlain = plain.some((kind) => error instanceof kind);
  return { message: isPlain ? error.message : (error.stack ?? error.message), exitCode: 1 };
};
