import { inParallel } from '../../../functions/publishing/in-parallel.ts';
import { listObjects } from '../list-objects.ts';
import { layout } from './layout.ts';
import type { Archive } from './open-archive.ts';
import { writeFileFor } from './write-file-for.ts';

/** Objects that are fetched at once. */
const atOnce = 16;

/** A page has no extension on the site; as a file it needs one, since `archive` is a page and a folder. */
const fileOf = (key: string): string => (/\.[^./]+$/.test(key) ? key : `${key}.html`);

/**
 * Copies every document of the site, to keep.
 * @returns how many there are
 */
export const exportSite = async (
  { s3, bucket }: Pick<Archive, 's3' | 'bucket'>,
  folder: string,
  { remark, show }: { remark: (key: string, what: string) => void; show: (done: number) => void },
): Promise<number> => {
  let done = 0;
  for await (const objects of listObjects(s3, bucket.site.name)) {
    await inParallel(
      objects,
      async ({ key }) => {
        const object = await bucket.site.get(key);
        const failure =
          object?.bytes && (await writeFileFor(folder + layout.site, fileOf(key), object.bytes));
        if (failure !== undefined) remark(`${layout.site}${key}`, failure);
        else if (object) done += 1;
      },
      atOnce,
    );
    show(done);
  }
  return done;
};
