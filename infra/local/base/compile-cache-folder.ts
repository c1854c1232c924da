import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Node keeps compiled modules by default. The program uses it; threads and other programs must be told. */
export const compileCacheFolder = join(tmpdir(), 'node-compile-cache');
