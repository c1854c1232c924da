import type { Bucket } from '../adapters/bucket.ts';
import type { MadeSizes } from '../adapters/make-picture-sizes.ts';
import type { PictureResizer } from '../adapters/picture-resizer.ts';
import type { Queue } from '../adapters/queue.ts';
import { immutableCacheControl, toObjectKey, uploadCacheControl } from '../adapters/site-objects.ts';
import type { PictureStore, RequestedPicture } from '../adapters/table/pictures.ts';
import { maxPictureBytes } from '../core/article/check-seed-file.ts';
import type { Rejection } from '../core/lifecycle/seed-record.ts';
import { findImageType } from '../core/seed-kind.ts';
import { sitePaths } from '../core/site-paths.ts';
import { pictureCopyFormats, pictureCopyNames, selectPictureCopies, toPictureCopyPath } from '../core/site-pictures.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import { pictureTimeoutSeconds } from '../platform/contract.ts';
import type { Log } from '../platform/logger.ts';

export interface ResizePictureServices {
  readonly buckets: { readonly seeds: Bucket; readonly site: Bucket };
  readonly pictures: PictureStore;
  readonly resizer: Pick<PictureResizer, 'resize'>;
  readonly uploadsQueue: Queue;
  readonly now: () => Date;
  readonly log: Log;
}

/** A request to read and write besides. */
const minTimeLeftMs = (pictureTimeoutSeconds + 15) * 1000;
const picturesAtOnce = 50;
/** A picture that ends the function so often has no sizes. */
const maxAttempts = 3;

/** Makes the sizes of the pictures that are requested, one after another, as long as there is time. */
export const resizePictures = async (services: ResizePictureServices, getTimeLeftMs: () => number): Promise<void> => {
  const { pictures, now, log } = services;
  let count = 0;
  for (const picture of await pictures.list(picturesAtOnce)) {
    if (getTimeLeftMs() < minTimeLeftMs) break;
    if (!(await pictures.claim(picture, now()))) continue;
    count += 1;
    try {
      await resizePicture(services, picture);
    } catch (error) {
      log.error(`the sizes of ${picture.key} could not be made`, error);
    }
  }
  // Others may have been requested meanwhile.
  if (count > 0 && getTimeLeftMs() >= minTimeLeftMs) await resizePictures(services, getTimeLeftMs);
};

/** The sizes are written first, then `publish` is told, and the request goes last: after a crash, all is done again. */
const resizePicture = async (services: ResizePictureServices, picture: RequestedPicture): Promise<void> => {
  const { pictures, uploadsQueue, log } = services;
  const { key, etag, id, rebuildId, attempts } = picture;
  const made = attempts < maxAttempts ? await writeSizes(services, picture) : {};
  if (made) {
    const { type, rejection } = made;
    await uploadsQueue.send({
      source: 'seedpress.picture',
      key,
      etag,
      sizes: { id, ...(type && { type }), ...(rebuildId !== undefined && { rebuildId }) },
      ...(rejection && { rejection }),
    });
    log.info('picture resized', { key, ...made, attempts: attempts + 1 });
  }
  await pictures.remove(picture);
};

/** The sizes that letters, feeds and issues show, under the names that they have there. */
const listCopies = (key: string, { type, files }: MadeSizes) =>
  pictureCopyFormats.flatMap((format) => {
    const [first, ...others] = files
      .filter(({ name }) => type !== undefined && name.endsWith(`.${format === 'webp' ? format : type}`))
      .map((file) => ({ ...file, width: Number.parseInt(file.name, 10) }));
    if (!first) return [];
    const copies = selectPictureCopies([first, ...others]);
    return pictureCopyNames.map((name) => ({
      ...copies[name],
      path: toPictureCopyPath(sitePaths.image(key), name, format),
      cacheControl: uploadCacheControl,
    }));
  });

interface Outcome {
  readonly type?: 'jpg' | 'png';
  readonly rejection?: Rejection;
}

/** @returns undefined where the picture was deleted or uploaded again: it is requested anew if it is shown */
const writeSizes = async (
  { buckets, resizer }: ResizePictureServices,
  { key, etag, id }: RequestedPicture,
): Promise<Outcome | undefined> => {
  const picture = await buckets.seeds.get(key, maxPictureBytes);
  if (!picture?.bytes || picture.etag !== etag) return undefined;
  const made = await resizer.resize(key, picture.bytes);
  if ('rejection' in made) return made;
  const sizes = made.files.map((file) => ({
    ...file,
    path: sitePaths.pictureSize(id, file.name),
    cacheControl: immutableCacheControl,
  }));
  const written = [...sizes, ...listCopies(key, made)];
  await mapInParallel(written, ({ path, name, bytes, cacheControl }) =>
    buckets.site.put(toObjectKey(path), bytes, {
      contentType: findImageType(name) ?? 'application/octet-stream',
      cacheControl,
    }),
  );
  return made.type ? { type: made.type } : {};
};
