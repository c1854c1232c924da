import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type FSWatcher, watch } from 'chokidar';
import { type BucketCopy, type MirrorOutcome, openBucketCopy } from './bucket-copy.ts';
import { isIgnoredFile, listSeedFiles, readStableFile, toSeedKey } from './seed-files.ts';

export interface SeedsMirrorProps {
  /** Must exist. */
  readonly folder: string;
  readonly bucket: string;
  readonly s3Endpoint: string;
  readonly database: DatabaseSync;
  readonly onError: (error: unknown) => void;
}

export interface SeedsMirror {
  /** How many files were uploaded and how many objects removed when it started. */
  readonly uploaded: number;
  readonly removed: number;
  /** Ends once what it is doing is done. */
  close(): Promise<void>;
}

const uploadConcurrency = 8;

/** Makes the copy as the folder is. A file that cannot be read, or is gone by now, holds up no other. */
const syncFolder = async (
  copy: BucketCopy,
  { folder, onError }: SeedsMirrorProps,
): Promise<MirrorOutcome[]> => {
  const files = await listSeedFiles(folder);
  const outcomes: MirrorOutcome[] = [];
  const waiting = files.values();
  const uploadInTurn = async (): Promise<void> => {
    for (const { key, path } of waiting) {
      try {
        outcomes.push(await copy.upload(key, await readFile(path)));
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
  const watcher = watch(folder, { ignoreInitial: true, ignored: isHidden, atomic: false });
  await new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
  });
  return watcher;
};

/**
 * Hands on changes, whatever the watcher takes them for: the file itself tells once it has settled. One at a time
 * for each file; what happens to it meanwhile is looked at afterwards.
 */
const followChanges = (copy: BucketCopy, { folder, onError }: SeedsMirrorProps) => {
  const atWork = new Map<string, Promise<void>>();
  const follow = async (path: string): Promise<void> => {
    const bytes = await readStableFile(path);
    const key = toSeedKey(relative(folder, path));
    await (bytes ? copy.upload(key, bytes) : copy.remove(key));
  };
  return {
    handleChange: (path: string): void => {
      const before = atWork.get(path) ?? Promise.resolve();
      const work = before
        .then(() => follow(path))
        .catch(onError)
        .finally(() => {
          if (atWork.get(path) === work) atWork.delete(path);
        });
      atWork.set(path, work);
    },
    waitUntilDone: async (): Promise<void> => {
      await Promise.all(atWork.values());
    },
  };
};

/**
 * Keeps the seeds bucket as the folder is: at once, and with every change from then on.
 * Objects that other tools put there stay.
 */
export const mirrorSeeds = async (props: SeedsMirrorProps): Promise<SeedsMirror> => {
  const copy = openBucketCopy(props);
  const { handleChange: changed, waitUntilDone: finished } = followChanges(copy, props);
  // The watch begins before the first look, so that no change falls between the two.
  const watcher = await watchFolder(props.folder);
  watcher.on('add', changed).on('change', changed).on('unlink', changed).on('error', props.onError);
  const outcomes = await syncFolder(copy, props);
  const count = (wanted: MirrorOutcome) => outcomes.filter((each) => each === wanted).length;
  return {
    uploaded: count('uploaded'),
    removed: count('removed'),
    close: async () => {
      await watcher.close();
      await finished();
      copy.close();
    },
  };
};
