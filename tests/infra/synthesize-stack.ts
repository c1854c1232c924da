import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { requestBuild } from '../request-build.ts';
import { buildContext } from './run-cdk-app.ts';

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.json()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  DependsOn: z.union([z.string().transform((name) => [name]), z.string().array()]).default([]),
});
const stackTemplateSchema = z.object({ Resources: z.record(z.string(), resourceSchema) });

export type SynthesizedResource = z.infer<typeof resourceSchema>;

export interface SynthesizedStack {
  /** Shared by all tests of a run: only read it. */
  readonly outdir: string;
  readonly stackName: string;
  /** The template's own text. */
  readonly text: string;
  readonly stackTags: Readonly<Record<string, string>>;
  readonly resources: ReadonlyMap<string, SynthesizedResource>;
  /** The resources of a type such as `AWS::S3::Bucket`, by their names in the template. */
  listByType(type: string): [name: string, properties: SynthesizedResource['Properties']][];
}

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({ properties: z.object({ tags: z.record(z.string(), z.string()).default({}) }).optional() }),
  ),
});

const readStackTags = (outdir: string, name: string): Record<string, string> =>
  manifestSchema.parse(JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'))).artifacts[name]?.properties
    ?.tags ?? {};

/** Reads the one stack of a cloud assembly. */
export const readSynthesizedStack = (outdir: string): SynthesizedStack => {
  const [file = 'no template'] = readdirSync(outdir).filter((name) => name.endsWith('.template.json'));
  const text = readFileSync(join(outdir, file), 'utf8');
  const resources = new Map(Object.entries(stackTemplateSchema.parse(JSON.parse(text)).Resources));
  return {
    outdir,
    stackName: file.replace('.template.json', ''),
    text,
    stackTags: readStackTags(outdir, file.replace('.template.json', '')),
    resources,
    listByType: (type) =>
      [...resources].flatMap(([name, { Type, Properties }]) => (Type === type ? [[name, Properties]] : [])),
  };
};

/**
 * Synthesizes the project once in a test run for the same settings: with cdk.json's own and all bundles, or with
 * changes to the publication or beside it and without bundles.
 */
export const synthesizeStack = async (
  publication?: Readonly<Record<string, unknown>>,
  otherContext?: Readonly<Record<string, unknown>>,
): Promise<SynthesizedStack> => {
  const isChanged = publication !== undefined || otherContext !== undefined;
  const context = isChanged ? JSON.stringify(buildContext(publication ?? {}, otherContext)) : '';
  return readSynthesizedStack(await requestBuild('assembly', context));
};
