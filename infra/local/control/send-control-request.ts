import { readControlFile } from './control-file.ts';
import type { ControlRequest } from './control-protocol.ts';

export class NotRunningError extends Error {
  override readonly name = 'NotRunningError';
}

/**
 * Asks the local run on a data folder to do something.
 * @returns its answer, of the schema that belongs to the action
 * @throws {NotRunningError}
 */
export const sendControlRequest = async (data: string, request: ControlRequest): Promise<unknown> => {
  const createNotRunningError = (cause?: unknown) =>
    new NotRunningError(`Seedpress is not running on ${data}. Start it first: npm start`, { cause });
  const address = readControlFile(data);
  if (!address) throw createNotRunningError();
  const response = await fetch(address.endpoint, {
    method: 'POST',
    headers: { authorization: `Bearer ${address.token}` },
    body: JSON.stringify(request),
  }).catch((error: unknown) => {
    throw createNotRunningError(error);
  });
  if (response.ok) return response.json();
  if (response.status === 500) throw new Error(`The local run failed: ${await response.text()}`);
  // A run that was killed leaves its file, and another program may have its port by now.
  throw createNotRunningError();
};
