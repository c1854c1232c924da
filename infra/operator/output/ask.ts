import { createInterface } from 'node:readline/promises';

/** Asks on the terminal, beside what goes to the output. */
export const askOnTerminal = async (question: string): Promise<string> => {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
};
