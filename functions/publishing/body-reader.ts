import { type Body, bodySchema, type Entry, type FullEntry } from '../core/entry.ts';
import { deskFolders } from '../runtime/contract.ts';
import type { PublishingServices } from './services.ts';

/** Fetches the bodies of articles, each once: papers never change under their name. */
export interface BodyReader {
  full(entry: Entry): Promise<FullEntry>;
}

/** One reader for one build, so that its memory ends with it. */
export const createBodyReader = ({
  buckets,
}: {
  readonly buckets: Pick<PublishingServices['buckets'], 'desk'>;
}): BodyReader => {
  const fetched = new Map<string, Promise<Body>>();
  const fetchBody = async (name: string): Promise<Body> => {
    const object = await buckets.desk.get(deskFolders.bodies + name);
    if (!object?.bytes) throw new Error(`the body ${name} is missing from the desk bucket`);
    return bodySchema.parse(JSON.parse(new TextDecoder().decode(object.bytes)));
  };
  return {
    full: async (entry) => {
      const body = fetched.get(entry.body) ?? fetchBody(entry.body);
      fetched.set(entry.body, body);
      const { html, text } = await body;
      return { ...entry, html, text };
    },
  };
};
