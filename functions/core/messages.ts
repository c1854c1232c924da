import type { z } from 'zod';
import type { Publication } from './publication.ts';
import type { Render } from './render.ts';

/** Where words are read from, and for whom. */
export interface Locale {
  readonly render: Render;
  readonly publication: Pick<Publication, 'language'>;
}

/**
 * Reads a template file that has one set of words for each language, once for each site's templates.
 * @returns gives the words for the publication's language: those of the whole tag (`pt-BR`), else of the language
 * (`pt`), else English; throws, naming it, when a word is missing
 */
export const createMessageSelector = <Words>(file: string, schema: z.ZodType<Record<string, Words>>) => {
  const parsed = new WeakMap<Render, Record<string, Words>>();
  return ({ render, publication: { language } }: Locale): Words => {
    const all = parsed.get(render) ?? schema.parse(JSON.parse(render(file, {})));
    parsed.set(render, all);
    const words = all[language] ?? all[new Intl.Locale(language).language] ?? all.en;
    if (!words) throw new Error(`templates/${file} has no words in English`);
    return words;
  };
};
