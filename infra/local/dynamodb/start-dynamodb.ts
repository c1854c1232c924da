import dynalite from 'dynalite';
import { listen, type RunningServer } from '../base/http-server.ts';

/** Starts DynamoDB on 127.0.0.1, with its data in a folder or, without one, in memory. */
export const startDynamodb = (path?: string): Promise<RunningServer> => {
  const delays = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  return listen(dynalite({ ...delays, ...(path !== undefined && { path }) }), 0);
};
