/** dynalite ships no types; this is the part of it that is used. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface Options {
    /** Folder that keeps the tables; in memory without it. */
    readonly path?: string;
    /** Milliseconds that creating a table takes. */
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
    readonly maxItemSizeKb?: number;
  }

  export default function dynalite(options?: Options): Server;
}
