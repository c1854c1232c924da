import * as z from 'zod';
import type { SeedWarning } from '../article.ts';
import { entrySchema, publishedFileSchema } from '../entry.ts';
import { pictureSchema, pictureTextsSchema } from '../picture-sizes.ts';

const seedWarningSchema = z.object({ message: z.string(), place: z.string().exactOptional() });

/** What a seed says of its article. The body is a separate object in the internal bucket, under `bodyKey`. */
export const seedVersionSchema = entrySchema
  .omit({
    id: true,
    slug: true,
    published: true,
    dateOnly: true,
    updated: true,
    correction: true,
    links: true,
    files: true,
    pictures: true,
  })
  .extend({
    /**
     * The id that the front matter states, else that of the seed's key: the article's, unless its content was there
     * before.
     */
    id: z.string(),
    isIdStated: z.literal(true).exactOptional(),
    /** Fingerprint of the file's content. Unknown in records of earlier versions. */
    content: z.string().default(''),
    /** The text that the slug is made from: the seed's `slug`, else its title. */
    slugSource: z.string(),
    isSlugStated: z.literal(true).exactOptional(),
    /** Earlier addresses of the article, as paths. */
    aliases: z.array(z.string()).exactOptional(),
    published: z
      .object({
        at: z.string(),
        dateOnly: z.boolean(),
        stated: z.boolean(),
        isDayOfKey: z.literal(true).exactOptional(),
      })
      .exactOptional(),
    updated: z.string().exactOptional(),
    /** When the article leaves the site. */
    expiresAt: z.string().exactOptional(),
    announcedAt: z.string().exactOptional(),
    correction: z.string().exactOptional(),
    correctedAt: z.string().exactOptional(),
    /** What its author should look at. */
    warnings: z.array(seedWarningSchema).exactOptional(),
  });
export type SeedVersion = z.infer<typeof seedVersionSchema>;

export const rejectionSchema = z.object({
  reason: z.string(),
  place: z.string().exactOptional(),
  /** The seed could be read, and the builder refused it. */
  isFromBuild: z.literal(true).exactOptional(),
  /** A picture that is on the site turned out to be damaged: it goes. */
  isAfterwards: z.literal(true).exactOptional(),
});
export type Rejection = z.infer<typeof rejectionSchema>;

const withheldSchema = rejectionSchema.extend({
  /** What is wrong with a draft that cannot be read, and so has no preview. */
  problem: rejectionSchema.exactOptional(),
  /** A file about its folder says so, and the builder added it. */
  isFromFolder: z.literal(true).exactOptional(),
});
export type Withheld = z.infer<typeof withheldSchema>;

/** The folder of a picture's sizes, without a type where none could be made, and the rebuild that asked for them. */
export const pictureSizesSchema = z.object({
  id: z.string(),
  type: z.enum(['jpg', 'png']).exactOptional(),
  rebuildId: z.string().exactOptional(),
});

/**
 * The state of one key of the seeds bucket. The builder alone writes `articleIds`, `buildWarnings`, `copyFingerprint`, `isFolderHeld`,
 * `shown`, `formerPicture`, `isHeld`, `refusalId`, `hasReport`, `hasNotice` and `hasPreview`.
 */
export const seedRecordSchema = z.object({
  key: z.string(),
  sequencer: z.string(),
  kind: z.enum(['seed', 'image', 'file', 'unknown']),
  uploadedAt: z.string().exactOptional(),
  /** The last version that could be read. Stays while a newer upload is rejected. */
  version: seedVersionSchema.exactOptional(),
  /** What is known of a document, sound or film, and what its uploader should look at. */
  file: publishedFileSchema.extend({ warnings: z.array(seedWarningSchema).exactOptional() }).exactOptional(),
  /** What is known of a picture: its size as it is shown, whether smaller copies are made of it, and its texts. */
  image: pictureTextsSchema
    .extend({ width: z.number(), height: z.number(), canBeResized: z.boolean() })
    .exactOptional(),
  rejection: rejectionSchema.exactOptional(),
  /** Why its author does not want it published: then it has no version. */
  withheld: withheldSchema.exactOptional(),
  /** What a draft would be, for its preview. Never published. */
  draft: seedVersionSchema.exactOptional(),
  /** Of a file about its folder: why nothing in it is for readers. */
  folderReason: z.string().exactOptional(),
  /** Whether the seeds of the folder were told so. */
  isFolderHeld: z.boolean().exactOptional(),
  etag: z.string().exactOptional(),
  /**
   * Ids of the articles that may list this seed, last the one that it is or was: one, but while a change is processed.
   */
  articleIds: z.array(z.string()).exactOptional(),
  /** What its author should look at, as the builder found. */
  buildWarnings: z.array(seedWarningSchema).exactOptional(),
  /** The sizes of a picture that were made last. */
  sizes: pictureSizesSchema.exactOptional(),
  /** Fingerprint of the image or file that the site has. */
  copyFingerprint: z.string().exactOptional(),
  /** A picture as articles were told of it, and as they were told of it before, if its sizes are still there. */
  shown: pictureSchema.exactOptional(),
  formerPicture: pictureSchema.exactOptional(),
  /** Whether a picture is kept off the site, as only drafts show it. */
  isHeld: z.boolean().exactOptional(),
  /** The refusal that was last put down for a mail to the publisher; empty: none. */
  refusalId: z.string().exactOptional(),
  /** Whether the internal bucket may hold a report of its rejection. */
  hasReport: z.boolean().exactOptional(),
  /** Whether the internal bucket may hold a report that it is a draft or has warnings. */
  hasNotice: z.boolean().exactOptional(),
  /** Whether the table and the site's bucket may have a preview of it. */
  hasPreview: z.boolean().exactOptional(),
});
export type SeedRecord = z.infer<typeof seedRecordSchema>;

/**
 * Names one upload in logs and traces, from its event to the documents that show it. S3 orders sequencers as if they
 * were padded with zeros on the right, so those are left out.
 */
export const formatUploadId = ({ key, sequencer }: Pick<SeedRecord, 'key' | 'sequencer'>): string =>
  `${key}@${sequencer.replace(/0+$/, '')}`;

/** The article that a seed is or, where nothing is published from it, was; undefined before its first build. */
export const findArticleId = ({ articleIds = [] }: Pick<SeedRecord, 'articleIds'>): string | undefined =>
  articleIds.at(-1);

/** The articles that a seed is recorded under, and the one that it states to be. */
export const listClaimedIds = ({ version, articleIds = [] }: SeedRecord): string[] => [
  ...new Set([...articleIds, ...(version?.isIdStated ? [version.id] : [])]),
];

/** What the author of a seed should look at. */
export const listSeedWarnings = ({
  draft,
  version,
  file,
  buildWarnings = [],
}: Pick<SeedRecord, 'draft' | 'version' | 'file' | 'buildWarnings'>): SeedWarning[] => [
  ...((draft ?? version)?.warnings ?? []),
  ...(file?.warnings ?? []),
  ...buildWarnings,
];
