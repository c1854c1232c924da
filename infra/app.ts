import { join } from 'node:path';
import { z } from 'zod';
import { SettingsError } from '../functions/core/publication.ts';
import { checkDeployment } from './check-deployment.ts';
import { findPublicationFolder, NoPublicationError } from './publication-folder/find-publication-folder.ts';
import { listPageWarnings } from './publication-folder/list-page-warnings.ts';
import { readPublicationContext } from './publication-folder/read-publication-context.ts';
import { parseStage } from './stage.ts';
import { synthesize } from './synthesize.ts';
import { TemplateError } from './templates.ts';

/**
 * Started in the folder of the publication. The `cdk` command sets these; without it the output goes to cdk.out. Its
 * context has cdk.json, and what `-c` says.
 */
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
  const folder = findPublicationFolder();
  const settings = { ...(await readPublicationContext(folder)), ...context };
  if (account !== undefined) {
    const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
    const client = new CloudFormationClient(region === undefined ? {} : { region });
    await checkDeployment(parseStage(settings), client);
    for (const warning of listPageWarnings(join(folder, 'seeds'))) console.error(`Warning: ${warning}`);
  }
  await synthesize({ outdir, folder, context: settings, region, checksRules: validation !== 'false' });
} catch (error) {
  // A mistake in the settings or a template: the message says where, and a stack trace would hide it.
  const isMistake = [SettingsError, TemplateError, NoPublicationError].some((kind) => error instanceof kind);
  if (!(isMistake && error instanceof Error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
