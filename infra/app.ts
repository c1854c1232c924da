import { z } from 'zod';
import { SettingsError } from '../functions/core/publication.ts';
import { checkDeployment } from './check-deployment.ts';
import { parseStage } from './stage.ts';
import { readProjectContext, synthesize } from './synthesize.ts';
import { TemplateError } from './templates.ts';

/** The `cdk` command sets these; without it the defaults are the context of cdk.json and the folder cdk.out. */
const {
  CDK_CONTEXT_JSON: context,
  CDK_OUTDIR: outdir,
  CDK_DEFAULT_REGION: region,
  CDK_DEFAULT_ACCOUNT: account,
  CDK_VALIDATION: validation,
} = z
  .object({
    CDK_CONTEXT_JSON: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(z.record(z.string(), z.unknown()))
      .optional(),
    CDK_OUTDIR: z.string().default('cdk.out'),
    CDK_DEFAULT_REGION: z.string().optional(),
    // Only where `cdk` has found credentials.
    CDK_DEFAULT_ACCOUNT: z.string().optional(),
    // CDK itself skips CloudFormation's rules where this is `false`.
    CDK_VALIDATION: z.string().optional(),
  })
  .parse(process.env);

try {
  const settings = context ?? (await readProjectContext());
  if (account !== undefined) {
    const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
    const client = new CloudFormationClient(region === undefined ? {} : { region });
    await checkDeployment(parseStage(settings), client);
  }
  await synthesize({ outdir, context: settings, region, checksRules: validation !== 'false' });
} catch (error) {
  // A mistake in the settings or a template: the message says where, and a stack trace would hide it.
  if (!(error instanceof SettingsError || error instanceof TemplateError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
