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

const seedExtensions = ['txt', 'text', 'md', 'markdown', 'html', 'htm'];
const temporaryExtensions = ['swp', 'swo', 'swx', 'tmp', 'part', 'partial', 'crdownload', 'bak', 'lock'];
const fileManagerNames = ['thumbs.db', 'desktop.ini', '__macosx', '@eadir'];

/** The extension of a key in lower case, without its dot; empty where there is none. */
export const parseExtension = (key: string): string => /\.([^./]+)$/.exec(key)?.[1]?.toLowerCase() ?? '';

/** The content type of an image that may stand beside a seed; undefined for everything else, SVG too. */
export const findImageType = (key: string): string | undefined => {
  const extension = parseExtension(key);
  return isImageExtension(extension) ? imageTypes[extension] : undefined;
};

/**
 * What an uploaded object is, by its key alone. `ignored`: folder markers, hidden files and what editors and file
 * managers leave behind. `unknown` is refused with a reason, SVG too, as it can carry script.
 */
export const toSeedKind = (key: string): 'seed' | 'image' | 'unknown' | 'ignored' => {
  const names = key.toLowerCase().split('/');
  const name = names.at(-1) ?? '';
  if (name === '' || name.endsWith('~') || /^#.*#$/.test(name) || name.startsWith('~$')) return 'ignored';
  if (names.some((part) => part.startsWith('.') || fileManagerNames.includes(part))) return 'ignored';
  const extension = parseExtension(key);
  if (temporaryExtensions.includes(extension)) return 'ignored';
  if (seedExtensions.includes(extension)) return 'seed';
  return isImageExtension(extension) ? 'image' : 'unknown';
};
