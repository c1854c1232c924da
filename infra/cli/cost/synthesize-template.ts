import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { findPublicationFolder } from '../../publication-folder/find-publication-folder.ts';
import { readPublicationContext } from '../../publication-folder/read-publication-context.ts';
import type { MonthCounts } from './month-counts.ts';

const settingsSchema = z.looseObject({ newsletter: z.looseObject({}).optional() });

export const synthesizeTemplate = async (mailer: MonthCounts['mailer']): Promise<unknown> => {
  // Loaded here: the CDK takes a second to load.
  const { synthesize } = await import('../../synthesize.ts');
  const folder = findPublicationFolder();
  const context = await readPublicationContext(folder);
  const settings = settingsSchema.parse(context.publication);
  const publication = { ...settings, newsletter: { ...settings.newsletter, mailer } };
  const outdir = await mkdtemp(join(tmpdir(), 'seedpress-cost-'));
  try {
    const assembly = await synthesize({
      outdir,
      folder,
      context: { ...context, publication, 'aws:cdk:bundling-stacks': [] },
      checksRules: false,
    });
    return assembly.stacks[0]?.template;
  } finally {
    await rm(outdir, { recursive: true });
  }
};
