declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A DynamoDB on LevelDB, in memory without `path`. Closing the server closes the database. */
  export default function dynalite(options: {
    path?: string;
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }): Server;
}
