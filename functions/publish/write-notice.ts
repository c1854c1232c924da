import { reportOpenings, toNoticeKey } from '../adapters/seed-reports.ts';
import type { Preview } from '../adapters/table/previews.ts';
import { formatWarning } from '../core/article.ts';
import { listSeedWarnings, type SeedRecord } from '../core/lifecycle/seed-record.ts';
import { sitePaths, toSiteUrl } from '../core/site-paths.ts';
import { cleanForTerminal } from '../core/text/clean-for-terminal.ts';
import type { PublishServices } from './services.ts';

/**
 * Writes a readable report on a seed that is not public or has warnings, or deletes it once the seed is neither.
 * @param preview of the seed, if there is one
 */
export const writeNotice = async (
  { buckets, seeds, site }: PublishServices,
  seed: SeedRecord,
  preview: Preview | undefined,
): Promise<void> => {
  const noticeKey = toNoticeKey(seed.key);
  const address = preview && toSiteUrl(site, sitePaths.preview(preview.id, 'page'));
  const notice = formatNotice(seed, preview?.due, address);
  const { hasNotice = false } = seed;
  if (notice !== undefined) {
    if (!hasNotice) await seeds.saveBuilderFields(seed.key, { hasNotice: true });
    await buckets.internal.put(noticeKey, notice, { contentType: 'text/plain; charset=utf-8' });
  } else if (hasNotice) {
    await buckets.internal.delete(noticeKey);
    await seeds.saveBuilderFields(seed.key, { hasNotice: false });
  }
};

const formatNotice = (seed: SeedRecord, due: string | undefined, preview: string | undefined): string | undefined => {
  const { key, uploadedAt, withheld } = seed;
  const isPublic = !withheld && due === undefined;
  const warnings = listSeedWarnings(seed);
  if (isPublic && warnings.length === 0) return undefined;
  const { reason = due && `It is published by itself at ${due}.`, place, problem } = withheld ?? {};
  const facts = [
    reason && `Reason: ${reason}`,
    place && `Where:  ${place}`,
    ...warnings.map(formatWarning),
    `Upload: ${uploadedAt}`,
    preview && `Preview: ${preview}`,
    problem && `There is no preview: ${problem.reason}${problem.place ? ` (${problem.place})` : ''}`,
  ].flatMap((line) => (line ? `${cleanForTerminal(line)}\n` : []));
  const opening = isPublic ? reportOpenings.warned : reportOpenings.withheld;
  return `${cleanForTerminal(key)}${opening}\n${facts.join('')}`;
};
