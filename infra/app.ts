import { z } from 'zod';
import { SettingsError } from '../functions/core/publication.ts';
import { contextOfProject, synthesize } from './synthesize.ts';

/** What the `cdk` command hands over; without it, the project's own cdk.json and the customary folder. */
const given = z
  .object({
    CDK_CONTEXT_JSON: z.string().optional(),
    CDK_OUTDIR: z.string().default('cdk.out'),
  })
  .parse(process.env);
const context =
  given.CDK_CONTEXT_JSON && z.record(z.string(), z.unknown()).parse(JSON.parse(given.CDK_CONTEXT_JSON));

try {
  await synthesize({ outdir: given.CDK_OUTDIR, context: context || (await contextOfProject()) });
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
