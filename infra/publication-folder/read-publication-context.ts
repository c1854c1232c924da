import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { SettingsError } from '../../functions/core/publication.ts';
import { productFolder, settingsFileName } from './find-publication-folder.ts';

type Context = Readonly<Record<string, unknown>>;

const cdkJsonSchema = z.object({ context: z.record(z.string(), z.unknown()) });

const readProductContext = async (): Promise<Context> =>
  cdkJsonSchema.parse(JSON.parse(await readFile(join(productFolder, 'cdk.json'), 'utf8'))).context;

/** The product's cdk.json without the sample publication. */
export const readFeatureFlags = async (): Promise<Context> => {
  const { publication: _publication, stages: _stages, ...flags } = await readProductContext();
  return flags;
};

/** `$schema` is for editors. */
const settingsFileSchema = z.looseObject({ $schema: z.string().optional(), stages: z.unknown().optional() });

const readSettingsFile = async (file: string): Promise<Context> => {
  const text = await readFile(file, 'utf8');
  try {
    const { $schema, stages, ...publication } = settingsFileSchema.parse(JSON.parse(text));
    return { publication, ...(stages !== undefined && { stages }) };
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? `is not JSON: ${cause.message}` : 'must be an object of settings';
    throw new SettingsError(`${file} ${reason}`, { cause });
  }
};

/**
 * Reads the settings of a publication, with the feature flags of CDK: what `context` in cdk.json is to a CDK app. A
 * folder with publication.json has its own settings under the product's flags.
 * @throws {SettingsError} when publication.json is not an object in JSON
 */
export const readPublicationContext = async (folder: string): Promise<Context> => {
  if (folder === resolve(productFolder)) return readProductContext();
  return { ...(await readFeatureFlags()), ...(await readSettingsFile(join(folder, settingsFileName))) };
};
