import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type CloudFormationTemplate, templateSchema, UnsupportedTemplateError } from './template.ts';

export interface CloudAssemblyFiles {
  readonly template: CloudFormationTemplate;
  /** Folders of Lambda bundles, by their asset keys in the template. */
  readonly bundles: ReadonlyMap<string, string>;
}

const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

/** Where a local run keeps its cloud assembly, in its data folder. */
export const toAssemblyFolder = (data: string): string => join(data, 'cdk.out');

const readJsonFile = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** Reads the stack of a cloud assembly. @throws {UnsupportedTemplateError} unless it has exactly one */
export const readAssembly = (folder: string): CloudAssemblyFiles => {
  const [file, ...others] = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
  if (file === undefined || others.length > 0)
    throw new UnsupportedTemplateError(
      `The local run takes exactly one stack; ${folder} has ${others.length + (file ? 1 : 0)}.`,
    );
  const template = templateSchema.parse(readJsonFile(join(folder, file)));
  const assets = assetsSchema.parse(readJsonFile(join(folder, file.replace('.template.json', '.assets.json'))));
  const bundles = Object.values(assets.files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ objectKey }): [string, string] => [objectKey, join(folder, source.path)]),
  );
  return { template, bundles: new Map(bundles) };
};
