import { relative } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type FSWatcher, watch } from 'chokidar';
import type { RunningS3 } from '../s3/start-s3.ts';
import { type BucketCopy, type MirrorOutcome, openBucketCopy } from './bucket-copy.ts';
import {
  isIgnoredFile,
  listSeedFiles,
  readSeedFile,
  readStableFile,
  SpecialFileError,
  toSeedKey,
} from './seed-files.ts';

export interface SeedsMirrorProps {
  readonly folder: string;
  readonly bucket: string;
  readonly s3: Pick<RunningS3, 'send'>;
  readonly database: DatabaseSync;
  readonly onError: (error: unknown) => void;
}

export interface SeedsMirror {
  readonly uploaded: number;
  readonly removed: number;
  close(): Promise<void>;
}

const uploadConcurrency = 8;

/** Synchronizes the bucket with the folder. A file that cannot be read does not stop the others. */
const syncFolder = async (copy: BucketCopy, { folder, onError }: SeedsMirrorProps): Promise<MirrorOutcome[]> => {
  const { files, special } = await listSeedFiles(folder);
  for (const { path } of special) onError(new SpecialFileError(path));
  const outcomes: MirrorOutcome[] = [];
  const waiting = files.values();
  const uploadInTurn = async (): Promise<void> => {
    for (const { key, path } of waiting) {
      try {
        outcomes.push(await copy.upload(key, await readSeedFile(folder, path)));
      } catch (error) {
        onError(error);
      }
    }
  };
  await Promise.all(Array.from({ length: uploadConcurrency }, uploadInTurn));
  const present = new Set(files.map(({ key }) => key));
  for (const key of copy.listKeys()) if (!present.has(key)) outcomes.push(await copy.remove(key));
  return outcomes;
};

const watchFolder = async (folder: string): Promise<FSWatcher> => {
  const isHidden = (path: string): boolean =>
    relative(folder, path)
      .split(/[\\/]/)
      .some((name) => name !== '..' && isIgnoredFile(name));
  const watcher = watch(folder, { ignoreInitial: true, ignored: isHidden, atomic: false, followSymlinks: false });
  await new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
  });
  return watcher;
};

/**
 * Transfers changed files. Whether a file was changed or deleted is decided by the file itself once it no longer
 * changes, not by the event of the watcher. A file is transferred by one task at a time.
 */
const followChanges = (copy: BucketCopy, { folder, onError }: SeedsMirrorProps) => {
  const running = new Map<string, Promise<void>>();
  const follow = async (path: string): Promise<void> => {
    const bytes = await readStableFile(folder, path).catch((error: unknown) => {
      if (!(error instanceof SpecialFileError)) throw error;
      onError(error);
      return undefined;
    });
    const key = toSeedKey(relative(folder, path));
    await (bytes ? copy.upload(key, bytes) : copy.remove(key));
  };
  return {
    handleChange: (path: string): void => {
      const before = running.get(path) ?? Promise.resolve();
      const work = before
        .then(() => follow(path))
        .catch(onError)
        .finally(() => {
          if (running.get(path) === work) running.delete(path);
        });
      running.set(path, work);
    },
    waitUntilDone: async (): Promise<void> => {
      await Promise.all(running.values());
    },
  };
};

/** Mirrors the folder into the seeds bucket, now and with every later change. Objects of other tools stay. */
export const mirrorSeeds = async (props: SeedsMirrorProps): Promise<SeedsMirror> => {
  const copy = openBucketCopy(props);
  const { handleChange, waitUntilDone } = followChanges(copy, props);
  // Watching starts before the first synchronization, so that no change falls between the two.
  const watcher = await watchFolder(props.folder);
  for (const event of ['add', 'change', 'unlink'] as const) watcher.on(event, handleChange);
  watcher.on('error', props.onError);
  const outcomes = await syncFolder(copy, props);
  const count = (wanted: MirrorOutcome) => outcomes.filter((each) => each === wanted).length;
  return {
    uploaded: count('uploaded'),
    removed: count('removed'),
    close: async () => {
      await watcher.close();
      await waitUntilDone();
    },
  };
};
