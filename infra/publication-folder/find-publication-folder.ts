import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export class NoPublicationError extends Error {
  override readonly name = 'NoPublicationError';
}

/** The project itself: the checkout, or `dist` of the installed package. */
export const productFolder = fileURLToPath(new URL('../../', import.meta.url));

/** The settings of a publication that has a folder of its own. */
export const settingsFileName = 'publication.json';

/** Whether this is a checkout, with the sample publication in it, and not the package. */
export const hasSources = existsSync(join(productFolder, 'infra/app.ts'));

/** Whether a folder is a publication's own. */
export const isPublicationFolder = (folder: string): boolean =>
  existsSync(join(folder, settingsFileName)) || (hasSources && folder === resolve(productFolder));

/**
 * Finds the publication that a command is for: the nearest folder with `publication.json`, from `start` upwards.
 * Without one, a checkout has its own, in cdk.json.
 * @returns the path, without a slash at the end
 * @throws {NoPublicationError} where there is none
 */
export const findPublicationFolder = (start: string = process.cwd()): string => {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, settingsFileName))) return folder;
    if (folder === dirname(folder)) break;
  }
  if (hasSources) return resolve(productFolder);
  throw new NoPublicationError(
    `There is no ${settingsFileName} in this folder or above it. Change to the folder of your publication, or create one: npx seedpress init my-paper`,
  );
};

/** Where the local run of a publication keeps its data. */
export const toDataFolder = (publicationFolder: string): string => join(publicationFolder, '.seedpress');
