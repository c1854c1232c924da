import { findFileType, findImageType, isSeedName, seedExtensions } from '../seed-kind.ts';
import { compareStrings } from '../text/compare-strings.ts';
import type { SeedReference } from './seed-references.ts';

/** Such a file is known by the name of its folder: Hugo and others have one folder for each article. */
const folderDocument = /^(?:_?index|readme)$/;

const splitKey = (key: string): { readonly folders: readonly string[]; readonly name: string } => {
  const names = key.split('/');
  return { folders: names.slice(0, -1), name: names.at(-1) ?? '' };
};

const removeSeedExtension = (name: string): string => (isSeedName(name) ? name.replace(/\.[^.]*$/, '') : name);

/** Keyboards of phones and Macs write typographic ones into links and names of files. */
const straightenQuotes = (name: string): string => name.replace(/[‘’‚‛]/g, "'").replace(/[“”„‟]/g, '"');

/**
 * The name under which links find an upload, in whatever case, form of letters and kind of quotation marks: without the
 * extension of a seed.
 */
export const toLinkName = (key: string): string => {
  const { folders, name } = splitKey(straightenQuotes(key.normalize('NFC').toLowerCase()));
  const plain = removeSeedExtension(name);
  return folderDocument.test(plain) ? (folders.at(-1) ?? plain) : plain;
};

/** The name that a reference is to be found by; undefined for a picture at a path, which is there or nowhere. */
export const findReferenceName = (reference: SeedReference): string | undefined => {
  const target = reference.slice(reference.indexOf('/') + 1);
  return reference.startsWith('path/') && findImageType(target) ? undefined : toLinkName(target);
};

/** Of the uploads of one name, how many are looked at. */
const maxCandidates = 10;

const listExactKeys = (target: string): string[] => {
  const stem = removeSeedExtension(target);
  const keys = stem === target ? [target] : [target, ...seedExtensions.map((extension) => `${stem}.${extension}`)];
  return keys.flatMap((key) => [key, key.normalize('NFD')]);
};

/** How many folders a reader goes up and down from one to another. */
const countSteps = (from: readonly string[], to: readonly string[]): number => {
  const different = from.findIndex((name, index) => name !== to[index]);
  const common = different < 0 ? from.length : different;
  return from.length + to.length - 2 * common;
};

/** Whether a key is in folders of these names, the last of which is its own. */
const isInFolders = (wanted: readonly string[], own: readonly string[]): boolean => {
  const names = own.map((name) => name.normalize('NFC').toLowerCase());
  return wanted.every((name, index) => names.at(index - wanted.length) === name);
};

/** Whether a seed names itself, as `[[Own note]]` does. */
export const isOwnName = (target: string, key: string): boolean =>
  toLinkName(target) === toLinkName(key) &&
  isInFolders(splitKey(target.normalize('NFC').toLowerCase()).folders, splitKey(key).folders);

/**
 * Keys of what a reference may mean, the likeliest first: the file at its path, then those of its name, the nearest
 * first, as Obsidian does, and the file itself last. A file that has moved is thus found by its name.
 * @param from the key of the seed that refers
 * @param named keys of the uploads with the name
 */
export const findCandidates = (reference: SeedReference, from: string, named: readonly string[]): string[] => {
  const mode = reference.startsWith('path/') ? 'path' : 'name';
  const target = reference.slice(mode.length + 1);
  const { folders: wanted } = splitKey(mode === 'name' ? target.normalize('NFC').toLowerCase() : '');
  const { folders } = splitKey(from);
  const isSameKind = (key: string): boolean =>
    findFileType(target) || findImageType(target) ? true : findFileType(key) === undefined && !findImageType(key);
  const near = named
    .map((key) => ({ key, folders: splitKey(key).folders }))
    .filter(({ key, folders: own }) => isSameKind(key) && isInFolders(wanted, own))
    .toSorted(
      (a, b) =>
        Number(a.key === from) - Number(b.key === from) ||
        countSteps(folders, a.folders) - countSteps(folders, b.folders) ||
        a.folders.length - b.folders.length ||
        compareStrings(a.key, b.key),
    )
    .map(({ key }) => key);
  return [...new Set([...(mode === 'path' ? listExactKeys(target) : []), ...near])].slice(0, 2 * maxCandidates);
};
