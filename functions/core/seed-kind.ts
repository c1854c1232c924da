const imageTypes = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
} as const;

const isImageExtension = (extension: string): extension is keyof typeof imageTypes =>
  Object.hasOwn(imageTypes, extension);

const megabyte = 1024 * 1024;

interface FileType {
  readonly type: string;
  /** Of the largest file of this type that is published. */
  readonly maxBytes: number;
}

const fileTypes = {
  pdf: { type: 'application/pdf', maxBytes: 50 * megabyte },
  epub: { type: 'application/epub+zip', maxBytes: 50 * megabyte },
  csv: { type: 'text/csv', maxBytes: 10 * megabyte },
  vtt: { type: 'text/vtt', maxBytes: 10 * megabyte },
  mp3: { type: 'audio/mpeg', maxBytes: 200 * megabyte },
  m4a: { type: 'audio/mp4', maxBytes: 200 * megabyte },
  mp4: { type: 'video/mp4', maxBytes: 200 * megabyte },
} as const;

const isFileExtension = (extension: string): extension is keyof typeof fileTypes => Object.hasOwn(fileTypes, extension);

export const seedExtensions = ['txt', 'text', 'md', 'markdown', 'html', 'htm'];
const temporaryExtensions =
  'swp swo swx tmp temp part partial crdownload download bak backup old orig rej save lock'.split(' ');
const fileManagerNames = ['thumbs.db', 'desktop.ini', '__macosx', '@eadir'];

/** The extension of a key in lower case, without its dot; empty where there is none. */
export const parseExtension = (key: string): string => /\.([^./]+)$/.exec(key)?.[1]?.toLowerCase() ?? '';

/** The content type of an image that may stand beside a seed; undefined for everything else, SVG too. */
export const findImageType = (key: string): string | undefined => {
  const extension = parseExtension(key);
  return isImageExtension(extension) ? imageTypes[extension] : undefined;
};

/** The type of a document, sound or film that may stand beside a seed; undefined for everything else. */
export const findFileType = (key: string): FileType | undefined => {
  const extension = parseExtension(key);
  return isFileExtension(extension) ? fileTypes[extension] : undefined;
};

const pagesFolder = 'pages/';

/** Whether the seed under a key is a page of the publication, such as its imprint, and no article. */
export const isPageKey = (key: string): boolean => key.startsWith(pagesFolder);

/** The name of a file, without its folders and its extension. */
export const toBaseName = (key: string): string => key.slice(key.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');

/** Whether a key has an extension of seeds. */
export const isSeedName = (key: string): boolean => seedExtensions.includes(parseExtension(key));

/**
 * What an uploaded object is, by its key alone. `ignored`: folder markers, hidden files and what editors and file
 * managers leave behind. `unknown` is refused with a reason, SVG too, as it can carry script.
 */
export const toSeedKind = (key: string): 'seed' | 'image' | 'file' | 'unknown' | 'ignored' => {
  const names = key.toLowerCase().split('/');
  const name = names.at(-1) ?? '';
  if (name === '' || name.endsWith('~') || /^#.*#$/.test(name) || name.startsWith('~$')) return 'ignored';
  if (names.some((part) => part.startsWith('.') || fileManagerNames.includes(part))) return 'ignored';
  const extension = parseExtension(key);
  if (temporaryExtensions.includes(extension)) return 'ignored';
  if (isSeedName(name)) return 'seed';
  if (isFileExtension(extension)) return 'file';
  return isImageExtension(extension) ? 'image' : 'unknown';
};
