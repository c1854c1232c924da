import { type ArticleBody, articleBodySchema, type Entry, type FullEntry } from '../core/entry.ts';
import { internalFolders } from '../platform/contract.ts';
import { type Bucket, readJsonObject } from './bucket.ts';

/** Reads the bodies of articles, each once: they never change under their name. */
export interface BodyReader {
  readFullEntry(entry: Entry): Promise<FullEntry>;
}

export const createBodyReader = ({ buckets }: { readonly buckets: { readonly internal: Bucket } }): BodyReader => {
  const fetched = new Map<string, Promise<ArticleBody>>();
  const fetchBody = async (name: string): Promise<ArticleBody> => {
    const body = await readJsonObject(buckets.internal, internalFolders.bodies + name, articleBodySchema);
    if (!body) throw new Error(`the body ${name} is missing from the internal bucket`);
    return body;
  };
  return {
    readFullEntry: async (entry) => {
      const body = fetched.get(entry.bodyKey) ?? fetchBody(entry.bodyKey);
      fetched.set(entry.bodyKey, body);
      const { html, text } = await body;
      return { ...entry, html, text };
    },
  };
};
