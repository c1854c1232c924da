import { fileURLToPath } from 'node:url';
import type { LeftOut } from '../../../../infra/operator/importing/found.ts';
import { openSource } from '../../../../infra/operator/importing/open-source.ts';
import { createPlanner, type PlannedSeed } from '../../../../infra/operator/importing/plan-seed.ts';

/** A folder or file of the fixtures. */
export const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

/** What an import of a source plans to do, in a publication of its own. */
export const planSource = async (path: string, base?: string): Promise<(PlannedSeed | LeftOut)[]> => {
  const source = await openSource(path, undefined);
  const settings = { timeZone: 'Europe/Lisbon', prefix: 'imported/' };
  const plan = createPlanner({
    ...settings,
    ...{ publicationId: 'harbour', site: 'https://harbour.example', keepsCanonical: false },
    ...{ now: '2026-11-26T12:00:00.000Z', modified: '2026-11-01T12:00:00.000Z' },
  });
  const planned: (PlannedSeed | LeftOut)[] = [];
  for await (const found of source.read({ ...settings, base }))
    planned.push(found.kind === 'article' ? plan(found) : found);
  return planned;
};

/** The plan as one text: a seed under its key, with what is told of it; and what is left out, with the reason. */
export const describePlan = (planned: readonly (PlannedSeed | LeftOut)[]): string =>
  planned
    .map((each) =>
      each.kind === 'seed'
        ? [
            `==== ${each.key} (${each.place})`,
            ...each.oldAddresses.map((address) => `was ${address}`),
            ...each.pictures.map(({ path }) => `takes along ${path}`),
            ...each.remarks.map((remark) => `told: ${remark}`),
            `\n${each.text}`,
          ].join('\n')
        : `==== left out: ${each.title || 'untitled'} (${each.place}): ${each.reason}\n`,
    )
    .join('\n');
