import { z } from 'zod';
import { SettingsError } from '../functions/core/publication.ts';
import { readProjectContext, synthesize } from './synthesize.ts';
import { TemplateError } from './templates.ts';

/** The `cdk` command sets these; without it the defaults are the context of cdk.json and the folder cdk.out. */
const {
  CDK_CONTEXT_JSON: context,
  CDK_OUTDIR: outdir,
  CDK_DEFAULT_REGION: region,
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
    // CDK itself skips CloudFormation's rules where this is `false`.
    CDK_VALIDATION: z.string().optional(),
  })
  .parse(process.env);

try {
  await synthesize({
    outdir,
    context: context ?? (await readProjectContext()),
    region,
    checksRules: validation !== 'false',
  });
} catch (error) {
  // A mistake in the settings or a template: the message says where, and a stack trace would hide it.
  if (!(error instanceof SettingsError || error instanceof TemplateError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
