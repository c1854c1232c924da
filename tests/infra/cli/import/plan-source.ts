import { fileURLToPath } from 'node:url';
import { openImportSource } from '../../../../infra/cli/import/open-import-source.ts';
import { createSeedPlanner, type PlannedSeed } from '../../../../infra/cli/import/plan-seed.ts';
import type { Skipped } from '../../../../infra/cli/import/source/source-item.ts';

/** A folder or file of the fixtures. */
export const toFixturePath = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** What an import of a source plans to do, in a publication of its own. */
export const planSource = async (path: string, base?: string): Promise<(PlannedSeed | Skipped)[]> => {
  const source = await openImportSource(path, undefined);
  const settings = { timeZone: 'Europe/Lisbon', prefix: 'imported/' };
  const plan = createSeedPlanner({
    ...settings,
    publicationId: 'harbour',
    site: 'https://harbour.example',
    keepsCanonical: false,
    now: '2026-11-26T12:00:00.000Z',
    fallbackDate: '2026-11-01T12:00:00.000Z',
  });
  const planned: (PlannedSeed | Skipped)[] = [];
  for await (const found of source.read({ ...settings, base }))
    planned.push(found.kind === 'article' ? plan(found) : found);
  return planned;
};

/** The plan as one text: a seed under its key, with what is told of it; and what is left out, with the reason. */
export const formatImportPlan = (planned: readonly (PlannedSeed | Skipped)[]): string =>
  planned
    .map((item) =>
      item.kind === 'seed'
        ? [
            `==== ${item.key} (${item.place})`,
            ...item.oldAddresses.map((address) => `was ${address}`),
            ...item.pictures.map(({ path }) => `takes along ${path}`),
            ...item.remarks.map((remark) => `told: ${remark}`),
            `\n${item.text}`,
          ].join('\n')
        : `==== left out: ${item.title || 'untitled'} (${item.place}): ${item.reason}\n`,
    )
    .join('\n');
