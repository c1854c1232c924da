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
const workingExtensions = ['swp', 'swo', 'swx', 'tmp', 'part', 'partial', 'crdownload', 'bak', 'lock'];
const leftByFileManagers = ['thumbs.db', 'desktop.ini', '__macosx', '@eadir'];

/** The extension of a key in lower case, without its dot; empty where there is none. */
export const extensionOf = (key: string): string => /\.([^./]+)$/.exec(key)?.[1]?.toLowerCase() ?? '';

/** The content type of an image that may stand beside a seed; undefined for everything else, SVG too. */
export const imageType = (key: string): string | undefined => {
  const extension = extensionOf(key);
  return isImageExtension(extension) ? imageTypes[extension] : undefined;
};

/**
 * What an uploaded object is, by its key alone. `ignored`: folder markers, hidden files and what editors and file
 * managers leave behind. `unknown` is refused with a reason, SVG too, as it can carry script.
 */
export const seedKind = (key: string): 'seed' | 'image' | 'unknown' | 'ignored' => {
  const names = key.toLowerCase().split('/');
  const name = names.at(-1) ?? '';
  if (name === '' || name.endsWith('~') || /^#.*#$/.test(name) || name.startsWith('~$')) return 'ignored';
  if (names.some((part) => part.startsWith('.') || leftByFileManagers.includes(part))) return 'ignored';
  const extension = extensionOf(key);
  if (workingExtensions.includes(extension)) return 'ignored';
  if (seedExtensions.includes(extension)) return 'seed';
  return isImageExtension(extension) ? 'image' : 'unknown';
};
