import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));

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
  readonly outdir: string;
  readonly stackName: string;
  /** The template's own text. */
  readonly text: string;
  readonly resources: ReadonlyMap<string, SynthesizedResource>;
  /** The resources of a type such as `AWS::S3::Bucket`, by their names in the template. */
  listByType(type: string): [name: string, properties: SynthesizedResource['Properties']][];
}

/** Runs the app as `cdk synth` does, with other settings and for a region where asked, and gives what it said. */
export const runCdkApp = (outdir: string, context?: unknown, region?: string) =>
  spawnSync(process.execPath, ['infra/app.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      CDK_OUTDIR: outdir,
      ...(context === undefined ? {} : { CDK_CONTEXT_JSON: JSON.stringify(context) }),
      ...(region === undefined ? {} : { CDK_DEFAULT_REGION: region }),
    },
  });

const cdkJsonSchema = z.object({
  context: z.looseObject({ publication: z.record(z.string(), z.unknown()) }),
});

/**
 * The project's own settings with others of the publication and besides it, and no bundles: those do not depend on
 * settings.
 */
export const buildContext = (
  publication: Readonly<Record<string, unknown>>,
  otherContext: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => {
  const { context } = cdkJsonSchema.parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')));
  return {
    ...context,
    ...otherContext,
    'aws:cdk:bundling-stacks': [],
    publication: { ...context.publication, ...publication },
  };
};

/** Synthesizes the project into a folder of its own, with other settings of the publication or besides it where asked. */
export const synthesizeStack = (
  publication?: Readonly<Record<string, unknown>>,
  otherContext?: Readonly<Record<string, unknown>>,
): SynthesizedStack => {
  const outdir = mkdtempSync(join(tmpdir(), 'seedpress-synthesized-'));
  const changed = publication !== undefined || otherContext !== undefined;
  const { status, stderr } = runCdkApp(
    outdir,
    changed ? buildContext(publication ?? {}, otherContext) : undefined,
  );
  if (status !== 0) throw new Error(`infra/app.ts failed:\n${stderr}`);
  const [file = 'no template'] = readdirSync(outdir).filter((name) => name.endsWith('.template.json'));
  const text = readFileSync(join(outdir, file), 'utf8');
  const resources = new Map(Object.entries(stackTemplateSchema.parse(JSON.parse(text)).Resources));
  return {
    outdir,
    stackName: file.replace('.template.json', ''),
    text,
    resources,
    listByType: (type) =>
      [...resources].flatMap(([name, { Type, Properties }]) => (Type === type ? [[name, Properties]] : [])),
  };
};

export const removeAssembly = ({ outdir }: Pick<SynthesizedStack, 'outdir'>): void =>
  rmSync(outdir, { recursive: true, force: true });
