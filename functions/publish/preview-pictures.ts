import { toObjectKey } from '../adapters/site-objects.ts';
import { maxPictureBytes } from '../core/article/check-seed-file.ts';
import type { FullEntry } from '../core/entry.ts';
import { fingerprint } from '../core/identity.ts';
import { stripImageMetadata } from '../core/image/strip-image-metadata.ts';
import type { SeedRecord } from '../core/lifecycle/seed-record.ts';
import { findImageType, parseExtension } from '../core/seed-kind.ts';
import { sitePaths, toSiteUrl } from '../core/site-paths.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import { previewHeaders } from '../platform/contract.ts';
import { listPictureKeys } from './hold-pictures.ts';
import type { PublishServices } from './services.ts';
import type { DocumentFingerprints } from './write-documents.ts';

/** A picture beside a draft, and where its preview has a copy of it. */
export interface PreviewPicture {
  readonly seed: SeedRecord & { readonly etag: string };
  /** Where the site has it, or would have it if the article were published. */
  readonly path: string;
  readonly url: string;
  readonly copyPath: string;
}

/** More pictures of one preview are not shown. */
const maxPictures = 200;

/** A picture is read and written whole, up to 10 MB each way. */
const maxPicturesAtOnce = 2;

const picturesStart = '/images/';

const decodePath = (written: string): string | undefined => {
  try {
    return written.split('/').map(decodeURIComponent).join('/');
  } catch {
    return undefined;
  }
};

/** Paths of the site's pictures that an article shows or links to, whether they are there or not. */
export const findPicturePaths = (
  { html, image, references = [] }: Pick<FullEntry, 'html' | 'image' | 'references'>,
  site: string,
): string[] => {
  const urls = [image?.url ?? '', ...Array.from(html.matchAll(/ (?:src|href)="([^"]*)"/g), ([, url = '']) => url)];
  const start = site + picturesStart;
  const paths = urls.flatMap((url) =>
    url.startsWith(start) ? (decodePath(url.slice(site.length).replace(/[?#].*$/, '')) ?? []) : [],
  );
  const missing = listPictureKeys(references).map(sitePaths.image);
  return [...new Set([...paths, ...missing])].slice(0, maxPictures);
};

/** The pictures at paths of the site that were uploaded and can be shown. */
export const readPreviewPictures = async (
  { seeds, site }: PublishServices,
  id: string,
  paths: readonly string[],
): Promise<PreviewPicture[]> => {
  // A key has its letters in either form; the path has one.
  const keys = paths.map((path) => path.slice(picturesStart.length)).flatMap((key) => [key, key.normalize('NFD')]);
  const found = await seeds.getMany([...new Set(keys)]);
  const byPath = new Map(found.map((seed) => [sitePaths.image(seed.key), seed]));
  return paths.flatMap((path) => {
    const seed = byPath.get(path);
    if (seed?.kind !== 'image' || seed.etag === undefined || seed.rejection || seed.withheld?.problem) return [];
    const { etag } = seed;
    const copyPath = sitePaths.previewPicture(id, `${fingerprint(path)}.${parseExtension(path)}`);
    return [{ seed: { ...seed, etag }, path, url: toSiteUrl(site, path), copyPath }];
  });
};

/** Copies pictures without their metadata into a preview. Those that are there are not copied again. */
export const copyPreviewPictures = async (
  { buckets, buildVersion }: PublishServices,
  pictures: readonly PreviewPicture[],
  before: DocumentFingerprints,
): Promise<DocumentFingerprints> => {
  const copied = await mapInParallel(
    pictures,
    async ({ seed: { key, etag }, copyPath }): Promise<[string, string][]> => {
      const wanted = fingerprint(buildVersion, etag);
      if (before[copyPath] === wanted) return [[copyPath, wanted]];
      const picture = await buckets.seeds.get(key, maxPictureBytes);
      // Uploaded again, or deleted, since it was recorded: its own event follows.
      if (!picture?.bytes || picture.etag !== etag) return [[copyPath, '']];
      await buckets.site.put(toObjectKey(copyPath), stripImageMetadata(key, picture.bytes), {
        contentType: findImageType(key) ?? 'application/octet-stream',
        cacheControl: previewHeaders['cache-control'],
      });
      return [[copyPath, wanted]];
    },
    maxPicturesAtOnce,
  );
  return Object.fromEntries(copied.flat());
};

/** Shows the copies in a document of the preview. */
export const usePreviewPictures = (document: string, pictures: readonly PreviewPicture[], site: string): string => {
  const copies = new Map(pictures.map(({ url, copyPath }) => [url, toSiteUrl(site, copyPath)]));
  return document.replace(/https?:\/\/[^\s"'<>?#]+/g, (url) => copies.get(url) ?? url);
};

/** Marks the drafts whose previews show a picture that changed. @returns whether there are any */
export const markPreviewsOf = async (
  { previews, seeds }: PublishServices,
  built: readonly SeedRecord[],
): Promise<boolean> => {
  const paths = new Set(built.filter(({ kind }) => kind === 'image').map(({ key }) => sitePaths.image(key)));
  if (paths.size === 0) return false;
  const keys = new Set(built.map(({ key }) => key));
  const showing = (await previews.list()).filter(
    ({ key, pictures = [] }) => !keys.has(key) && pictures.some((path) => paths.has(path)),
  );
  await seeds.markChanged(showing.map(({ key }) => ({ key, sequencer: '' })));
  return showing.length > 0;
};
