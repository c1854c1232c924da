import type { Entry } from '../core/entry.ts';
import { splitIntoParts } from '../core/feed/month-parts.ts';
import { listNames } from '../core/lifecycle/list-positions.ts';
import type { Manifest } from '../core/lifecycle/manifest.ts';
import { compareStrings } from '../core/text/compare-strings.ts';
import { type BuildContext, findLastUpdate, maxListsInParallel } from './build-context.ts';
import { mapSeparately } from './isolate-failures.ts';
import { buildArchiveChain, type MonthPlan, planMonthDocuments } from './plan-month-documents.ts';
import { writeDocuments } from './write-documents.ts';

/**
 * Builds the archives of the touched months, and of their neighbours where the links between them change. A month that
 * cannot be built keeps its manifest.
 * @returns the manifests of all months, oldest first
 */
export const buildMonths = async (
  context: BuildContext,
  touched: ReadonlySet<string>,
  onFailure: (month: string, error: unknown) => void,
): Promise<Manifest[]> => {
  const { lists } = context.services;
  const before = new Map((await lists.listManifests('month')).map((manifest) => [manifest.name, manifest]));
  const partCounts = new Map([...before].map(([month, { partCount = 1 }]) => [month, partCount]));
  const partsByMonth = new Map<string, Entry[][]>();
  const readMonth = async (month: string): Promise<void> => {
    const parts = splitIntoParts(await lists.listEntries(listNames.month(month)));
    partsByMonth.set(month, parts);
    if (parts.length > 0) partCounts.set(month, parts.length);
    else partCounts.delete(month);
  };
  await mapSeparately([...touched], readMonth, onFailure);
  const relinked = [...touched].filter((month) => before.get(month)?.partCount !== partCounts.get(month));
  const neighbours = [...findNeighbours(relinked, before, partCounts)].filter((month) => !touched.has(month));
  // Only as long as their manifests are as before, the next build knows that their neighbours must change.
  const failRelinked = (_: unknown, error: unknown): void => {
    for (const month of relinked) {
      partsByMonth.delete(month);
      onFailure(month, error);
    }
  };
  await mapSeparately(neighbours, readMonth, failRelinked);
  const chain = buildArchiveChain(partCounts);
  const manifests = new Map(before);
  const build = async (month: string): Promise<void> => {
    const parts = partsByMonth.get(month);
    if (!parts) return;
    const manifest = await buildMonth(context, { month, parts, chain }, before.get(month));
    if (manifest) manifests.set(month, manifest);
    else manifests.delete(month);
  };
  await mapSeparately(neighbours, build, failRelinked, maxListsInParallel);
  await mapSeparately([...touched], build, onFailure, maxListsInParallel);
  return [...manifests.values()].sort((a, b) => compareStrings(a.name, b.name));
};

const findNeighbours = (
  months: readonly string[],
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): Set<string> => {
  const all = [...new Set([...before.keys(), ...after.keys()])].sort();
  const hasArticles = (month: string) => after.has(month);
  return new Set(
    months.flatMap((month) => {
      const index = all.indexOf(month);
      const earlier = all.slice(0, index).findLast(hasArticles);
      const later = all.slice(index + 1).find(hasArticles);
      return [earlier ?? [], later ?? []].flat();
    }),
  );
};

/** @returns the month's new manifest, or undefined where it has no article left */
const buildMonth = async (
  context: BuildContext,
  plan: MonthPlan,
  before: Manifest | undefined,
): Promise<Manifest | undefined> => {
  const { month, parts } = plan;
  const { services } = context;
  const planned = planMonthDocuments(context, plan);
  const { fingerprints, written } = await writeDocuments(context, before?.fingerprints ?? {}, planned);
  if (parts.length === 0) {
    if (before) await services.lists.removeManifest('month', month);
    return undefined;
  }
  const updated = findLastUpdate(parts.flat());
  const manifest: Manifest = {
    name: month,
    title: month,
    fingerprints,
    partCount: parts.length,
    ...(updated && { updated }),
  };
  if (written.length > 0 || before?.updated !== updated) await services.lists.saveManifest('month', manifest);
  return manifest;
};
