import type { Entry } from '../entry.ts';
import { findFileType, findImageType } from '../seed-kind.ts';
import type { SeedReference } from './seed-references.ts';

/** What an article refers to and the site does not have, as its author wrote it or as a key. */
const listMissingReferences = ({ references = [], links = {} }: Pick<Entry, 'references' | 'links'>): SeedReference[] =>
  references.filter((reference) => links[reference] === undefined);

const formatMissing = (reference: SeedReference): string => {
  const target = reference.slice('path/'.length);
  if (findImageType(target)) return `There is no picture ${target}. Upload it, and the article shows it.`;
  return findFileType(target)
    ? `There is no file ${target}, so the link to it is text. Upload it, and the text is a link.`
    : `No published article is ${target}, so the link to it is text until there is one.`;
};

/** Tells of pictures, files and articles that a published article refers to and the site does not have. */
export const listLinkWarnings = (entry: Pick<Entry, 'references' | 'links'> | undefined): { message: string }[] =>
  entry ? listMissingReferences(entry).map((reference) => ({ message: formatMissing(reference) })) : [];
