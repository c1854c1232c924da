const sectionName = '_index.md';

/** Whether a file states what holds for all pages of its folder, as Hugo and Zola have it. */
export const isSectionKey = (key: string): boolean => `/${key}`.endsWith(`/${sectionName}`);

/** Keys of the files that may state something of a seed, those of the nearest folder first. */
export const listSectionKeys = (key: string): string[] => {
  const folders = key.split('/').slice(0, -1);
  return [...folders.keys(), folders.length]
    .reverse()
    .map((depth) => [...folders.slice(0, depth), sectionName].join('/'))
    .filter((section) => section !== key);
};

/** The folder that a section file is about, with a slash at the end; empty: the root. */
export const toSectionFolder = (key: string): string => key.slice(0, key.lastIndexOf('/') + 1);
