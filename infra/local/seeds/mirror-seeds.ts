import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type FSWatcher, watch } from 'chokidar';
import { type BucketCopy, type Outcome, openBucketCopy } from './bucket-copy.ts';
import { isIgnored, keyOf, listSeedFiles, readSettled } from './seed-files.ts';

export interface MirrorProps {
  /** Must exist. */
  readonly folder: string;
  readonly bucket: string;
  readonly s3Endpoint: string;
  readonly database: DatabaseSync;
  readonly onError: (error: unknown) => void;
}

export interface Mirror {
  /** How many files were uploaded and how many objects removed when it started. */
  readonly uploaded: number;
  readonly removed: number;
  /** Ends once what it is doing is done. */
  close(): Promise<void>;
}

const uploadsAtOnce = 8;

/** Makes the copy as the folder is. A file that cannot be read, or is gone by now, holds up no other. */
const matchFolder = async (copy: BucketCopy, { folder, onError }: MirrorProps): Promise<Outcome[]> => {
  const files = await listSeedFiles(folder);
  const outcomes: Outcome[] = [];
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
  await Promise.all(Array.from({ length: uploadsAtOnce }, uploadInTurn));
  const present = new Set(files.map(({ key }) => key));
  for (const key of copy.keys()) if (!present.has(key)) outcomes.push(await copy.remove(key));
  return outcomes;
};

const watchFolder = async (folder: string): Promise<FSWatcher> => {
  const isHidden = (path: string): boolean =>
    relative(folder, path)
      .split(/[\\/]/)
      .some((name) => name !== '..' && isIgnored(name));
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
const followChanges = (copy: BucketCopy, { folder, onError }: MirrorProps) => {
  const atWork = new Map<string, Promise<void>>();
  const follow = async (path: string): Promise<void> => {
    const bytes = await readSettled(path);
    const key = keyOf(relative(folder, path));
    await (bytes ? copy.upload(key, bytes) : copy.remove(key));
  };
  return {
    changed: (path: string): void => {
      const before = atWork.get(path) ?? Promise.resolve();
      const work = before
        .then(() => follow(path))
        .catch(onError)
        .finally(() => {
          if (atWork.get(path) === work) atWork.delete(path);
        });
      atWork.set(path, work);
    },
    finished: async (): Promise<void> => {
      await Promise.all(atWork.values());
    },
  };
};

/**
 * Keeps the seeds bucket as the folder is: at once, and with every change from then on.
 * Objects that other tools put there stay.
 */
export const mirrorSeeds = async (props: MirrorProps): Promise<Mirror> => {
  const copy = openBucketCopy(props);
  const { changed, finished } = followChanges(copy, props);
  // The watch begins before the first look, so that no change falls between the two.
  const watcher = await watchFolder(props.folder);
  watcher.on('add', changed).on('change', changed).on('unlink', changed).on('error', props.onError);
  const outcomes = await matchFolder(copy, props);
  const count = (wanted: Outcome) => outcomes.filter((each) => each === wanted).length;
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
