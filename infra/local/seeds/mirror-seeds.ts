import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { watch } from 'chokidar';
import { openMirrorState } from './mirror-state.ts';
import { isIgnored, keyOf, listSeedFiles, md5, readSettled } from './seed-files.ts';

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

type Outcome = 'uploaded' | 'removed' | 'unchanged';

const isStatus = (error: unknown, ...statuses: number[]): boolean =>
  error instanceof S3ServiceException && statuses.includes(error.$metadata.httpStatusCode ?? 0);

/** Puts single files into the bucket, and takes out again what it put there and nobody else has changed since. */
const createMirroring = ({ bucket: Bucket, s3Endpoint, database }: MirrorProps) => {
  const state = openMirrorState(database);
  const client = new S3Client({
    endpoint: s3Endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const etagOf = async (Key: string): Promise<string | undefined> => {
    try {
      const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key }));
      return ETag?.replaceAll('"', '');
    } catch (error) {
      if (isStatus(error, 404)) return undefined;
      throw error;
    }
  };
  return {
    state,
    destroy: () => client.destroy(),
    upload: async (Key: string, bytes: Buffer): Promise<Outcome> => {
      const hash = md5(bytes);
      const isThere = (await etagOf(Key)) === hash;
      if (!isThere) await client.send(new PutObjectCommand({ Bucket, Key, Body: bytes }));
      state.remember(Key, hash);
      return isThere ? 'unchanged' : 'uploaded';
    },
    remove: async (Key: string): Promise<Outcome> => {
      const hash = state.md5(Key);
      if (hash === undefined) return 'unchanged';
      let outcome: Outcome = 'removed';
      try {
        await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: `"${hash}"` }));
      } catch (error) {
        // Gone already, or another tool has put something else there, which stays.
        if (!isStatus(error, 404, 412)) throw error;
        outcome = 'unchanged';
      }
      state.forget(Key);
      return outcome;
    },
  };
};

/**
 * Keeps the seeds bucket as the folder is: at once, and with every change from then on.
 * Objects that other tools put there stay.
 */
export const mirrorSeeds = async (props: MirrorProps): Promise<Mirror> => {
  const { folder, onError } = props;
  const { state, upload, remove, destroy } = createMirroring(props);
  const atWork = new Map<string, Promise<void>>();

  const follow = async (path: string): Promise<void> => {
    const bytes = await readSettled(path);
    const key = keyOf(relative(folder, path));
    await (bytes ? upload(key, bytes) : remove(key));
  };
  /** One at a time for each file: what happens to it meanwhile is looked at afterwards. */
  const changed = (path: string): void => {
    const before = atWork.get(path) ?? Promise.resolve();
    const work = before
      .then(() => follow(path))
      .catch(onError)
      .finally(() => {
        if (atWork.get(path) === work) atWork.delete(path);
      });
    atWork.set(path, work);
  };

  const isHidden = (path: string): boolean =>
    relative(folder, path)
      .split(/[\\/]/)
      .some((name) => name !== '..' && isIgnored(name));
  // The watch begins before the first look, so that no change falls between the two.
  const watcher = watch(folder, { ignoreInitial: true, ignored: isHidden, atomic: false });
  await new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
  });
  watcher.on('add', changed).on('change', changed).on('unlink', changed).on('error', onError);

  const files = await listSeedFiles(folder);
  const outcomes: Outcome[] = [];
  const waiting = files.values();
  const uploadInTurn = async (): Promise<void> => {
    for (const { key, path } of waiting) {
      // A file that cannot be read, or is gone by now, is told and holds up no other.
      try {
        outcomes.push(await upload(key, await readFile(path)));
      } catch (error) {
        onError(error);
      }
    }
  };
  await Promise.all(Array.from({ length: uploadsAtOnce }, uploadInTurn));
  const present = new Set(files.map(({ key }) => key));
  for (const key of state.keys()) if (!present.has(key)) outcomes.push(await remove(key));

  const count = (outcome: Outcome) => outcomes.filter((each) => each === outcome).length;
  return {
    uploaded: count('uploaded'),
    removed: count('removed'),
    close: async () => {
      await watcher.close();
      await Promise.all(atWork.values());
      destroy();
    },
  };
};
