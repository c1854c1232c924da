import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { templatesFile } from '../functions/platform/contract.ts';
import { parseStage } from './stage.ts';
import { ownTemplatesPath, templatesFolder, themePath, writeTemplates } from './templates.ts';

export interface SynthesizeProps {
  readonly outdir: string;
  /** The publication's folder, whose `theme/templates` replace templates of the same name. */
  readonly folder: string;
  /** Settings and feature flags, as under `context` in cdk.json. */
  readonly context: Readonly<Record<string, unknown>>;
  /** The region of the deployment, if it is known: certificates for CloudFront are in one region only. */
  readonly region?: string | undefined;
  /** Whether the stack is checked against CloudFormation's rules and cdk-nag's AWS Solutions rules; true by default. */
  readonly checksRules?: boolean;
}

/**
 * Writes the cloud assembly: the template, and the bundled Lambdas with their templates.
 * @throws {SettingsError} when the settings of the publication or the stage have mistakes
 * @throws {TemplateError} when a template has a mistake
 * @throws when the stack breaks a rule of CloudFormation or of cdk-nag's AWS Solutions pack
 */
export const synthesize = async ({
  outdir,
  folder,
  context,
  region,
  checksRules = true,
}: SynthesizeProps): Promise<CloudAssembly> => {
  const { stackName, ...stage } = parseStage(context);
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'seedpress-'));
  try {
    const templates = join(temporaryFolder, templatesFile);
    const { language } = stage.publication;
    await writeTemplates(templatesFolder, templates, { language, ownDir: join(folder, ownTemplatesPath) });
    // What is wrong with settings and templates is told before the CDK is loaded, which takes a second.
    const { App, Validations } = await import('aws-cdk-lib');
    const { SeedpressStack } = await import('./stack.ts');
    const app = new App({
      outdir,
      context: { ...context },
      analyticsReporting: false,
      autoSynth: false,
      builtinCloudFormationValidation: checksRules,
    });
    if (checksRules) {
      const { AwsSolutionsChecks } = await import('cdk-nag');
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    }
    new SeedpressStack(app, stackName, {
      ...stage,
      templates,
      themeFolder: join(folder, themePath),
      ...(region !== undefined && { env: { region } }),
    });
    return app.synth();
  } finally {
    await rm(temporaryFolder, { recursive: true });
  }
};
