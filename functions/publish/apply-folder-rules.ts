import type { SeedRecord } from '../core/lifecycle/seed-record.ts';
import { isSectionKey, listSectionKeys, toSectionFolder } from '../core/section-files.ts';
import { toSeedKind } from '../core/seed-kind.ts';
import type { BuildContext } from './build-context.ts';
import { mapSeparately } from './isolate-failures.ts';
import type { PublishServices } from './services.ts';

/** What a seed is by what the files about its folders say. */
const applyRule = (seed: SeedRecord, reason: string | undefined): SeedRecord => {
  const { version, draft, withheld, ...rest } = seed;
  if (reason !== undefined && version && !withheld)
    return { ...rest, withheld: { reason, isFromFolder: true }, draft: version };
  if (reason === undefined && withheld?.isFromFolder) return { ...rest, ...(draft && { version: draft }) };
  return seed;
};

/** Marks the seeds of a folder when what the file about it says of them has changed: first, so that a crash loses none. */
const markFolder = async ({ buckets, seeds }: PublishServices, section: SeedRecord): Promise<boolean> => {
  const isHeld = section.folderReason !== undefined;
  if (isHeld === (section.isFolderHeld ?? false)) return false;
  for await (const keys of buckets.seeds.listKeys(toSectionFolder(section.key)))
    await seeds.markChanged(
      keys
        .filter((key) => key !== section.key && toSeedKind(key) === 'seed')
        .map((key) => ({ key, sequencer: 'folder' })),
    );
  await seeds.saveBuilderFields(section.key, { isFolderHeld: isHeld });
  return true;
};

/**
 * Makes drafts of changed seeds in a folder that a file about it keeps from readers, such as the `_index.md` of Hugo
 * and Zola. The table has them so before anything is built.
 * @param sections the files about their folders, by their keys
 * @returns `hasMarked`: other seeds are marked as changed, because what their folder says of them has changed
 */
export const applyFolderRules = async (
  { services, failures }: BuildContext,
  changed: readonly SeedRecord[],
  sections: ReadonlyMap<string, SeedRecord>,
): Promise<{ readonly seeds: readonly SeedRecord[]; readonly hasMarked: boolean }> => {
  const fail = (seed: SeedRecord, error: unknown): void => {
    failures.seeds.set(seed.key, error);
  };
  const seeds = await mapSeparately(
    changed,
    async (seed) => {
      const reasons = listSectionKeys(seed.key).flatMap((key) => sections.get(key)?.folderReason ?? []);
      const ruled = applyRule(seed, reasons[0]);
      if (ruled !== seed) await services.seeds.saveFolderRule(seed, ruled);
      return ruled;
    },
    fail,
  );
  const marked = await mapSeparately(
    seeds.filter(({ key }) => isSectionKey(key)),
    (section) => markFolder(services, section),
    fail,
  );
  return { seeds, hasMarked: marked.includes(true) };
};
