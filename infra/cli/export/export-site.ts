import { mapInParallel } from '../../../functions/platform/concurrency.ts';
import { previewsFolder } from '../../../functions/platform/contract.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { listBucketObjects } from '../connection/list-bucket-objects.ts';
import { exportFiles } from './export-files.ts';
import { writeObjectFile } from './write-object-file.ts';

const concurrency = 16;

/** A page has no extension on the site; as a file it needs one, since `archive` is a page and a folder. */
const toFileName = (key: string): string => (/\.[^./]+$/.test(key) ? key : `${key}.html`);

export const exportSite = async (
  { s3, buckets }: Pick<CliServices, 's3' | 'buckets'>,
  folder: string,
  { addRemark, show }: { addRemark: (key: string, remark: string) => void; show: (done: number) => void },
): Promise<number> => {
  let done = 0;
  for await (const objects of listBucketObjects(s3, buckets.site.name)) {
    await mapInParallel(
      // Whoever gets the export must not get the drafts with it.
      objects.filter(({ key }) => !`/${key}`.startsWith(previewsFolder)),
      async ({ key }) => {
        const object = await buckets.site.get(key);
        const failure =
          object?.bytes && (await writeObjectFile(folder + exportFiles.site, toFileName(key), object.bytes));
        if (failure !== undefined) addRemark(`${exportFiles.site}${key}`, failure);
        else if (object) done += 1;
      },
      concurrency,
    );
    show(done);
  }
  return done;
};
