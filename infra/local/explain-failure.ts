import { UsageError } from './read-options.ts';

/** What a person caused, or can mend, and what a stack trace would only hide. */
const plain = new Set(['FolderInUse', 'NoSuchFolder', 'SynthesisFailed', 'TemplateRefused', 'UsageError']);

/** The words and the exit code for what kept the local run from starting. */
export const explainFailure = (error: unknown): { message: string; exitCode: number } => {
  if (error instanceof UsageError) return { message: error.message, exitCode: 2 };
  if (!(error instanceof Error)) return { message: String(error), exitCode: 1 };
  if (error.name === 'PortTaken')
    return {
      message: `${error.message[0]?.toUpperCase()}${error.message.slice(1)}. Choose others: npm start -- --site-port 8081 --s3-port 9001`,
      exitCode: 1,
    };
  return { message: plain.has(error.name) ? error.message : (error.stack ?? error.message), exitCode: 1 };
};
