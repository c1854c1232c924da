import { type ArticleBody, articleBodySchema, type Entry, type FullEntry } from '../core/entry.ts';
import { resolveBodyLinks } from '../core/links/seed-references.ts';
import { mailCaptionTags } from '../core/newsletter/mail-body/mail-body.ts';
import { addPictureCaptions, type CaptionTags } from '../core/picture-captions.ts';
import { mapInParallel } from '../platform/concurrency.ts';
import { internalFolders } from '../platform/contract.ts';
import { type Bucket, parseJsonObject } from './bucket.ts';
import { createKeptValues } from './kept-values.ts';

/** Trying again does not help, as long as nobody writes the body anew. */
export class BodyUnreadable extends Error {
  override readonly name = 'BodyUnreadable';
}

/**
 * Reads the bodies of articles, with the addresses of what they refer to. They never change under their name, so the
 * latest are kept, also for the next invocation.
 */
export interface BodyReader {
  /** Keeps a body that was just written. */
  keep(written: Pick<Entry, 'bodyKey' | 'bodyLength'>, body: ArticleBody): void;
  readFullEntry(entry: Entry): Promise<FullEntry>;
  /** Entries in their order. Those that need not be read have an empty body. */
  readFullEntries(entries: readonly Entry[], isNeeded: (entry: Entry) => boolean): Promise<FullEntry[]>;
}

/** Characters of the bodies that are kept. */
const maxKeptLength = 40_000_000;

export const createBodyReader = ({
  buckets,
  site,
}: {
  readonly buckets: { readonly internal: Bucket };
  readonly site: string;
}): BodyReader => {
  const kept = createKeptValues<Promise<ArticleBody>>(maxKeptLength);

  const fetchBody = async (name: string): Promise<ArticleBody> => {
    const object = await buckets.internal.get(internalFolders.bodies + name);
    if (!object?.bytes) throw new BodyUnreadable(`the body ${name} is missing from the internal bucket`);
    try {
      return parseJsonObject(object.bytes, articleBodySchema);
    } catch (cause) {
      throw new BodyUnreadable(`the body ${name} in the internal bucket cannot be read`, { cause });
    }
  };

  const readBody = (entry: Entry): Promise<ArticleBody> => {
    const { bodyKey, bodyLength } = entry;
    const known = kept.get(bodyKey);
    if (known) return known;
    const body = fetchBody(bodyKey);
    kept.keep(bodyKey, body, bodyLength);
    // A failure is not kept: the next reader tries again.
    body.catch(() => kept.remove(bodyKey));
    return body;
  };

  const readFullEntry = async (entry: Entry): Promise<FullEntry> => {
    const { html, text, mail } = await readBody(entry);
    const resolve = (markup: string, tags?: CaptionTags): string =>
      addPictureCaptions(resolveBodyLinks(markup, entry, site), entry, tags);
    return {
      ...entry,
      html: resolve(html),
      text,
      ...(mail && { mail: { ...mail, html: resolve(mail.html, mailCaptionTags) } }),
    };
  };

  return {
    keep: ({ bodyKey, bodyLength }, body) => kept.keep(bodyKey, Promise.resolve(body), bodyLength),
    readFullEntry,
    readFullEntries: (entries, isNeeded) =>
      mapInParallel(entries, async (entry) =>
        isNeeded(entry) ? readFullEntry(entry) : { ...entry, html: '', text: '' },
      ),
  };
};
