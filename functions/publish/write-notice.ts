import { reportOpenings, toNoticeKey } from '../adapters/seed-reports.ts';
import { formatWarning } from '../core/article.ts';
import type { SeedRecord } from '../core/lifecycle/seed-record.ts';
import { cleanForTerminal } from '../core/text/clean-for-terminal.ts';
import type { PublishServices } from './services.ts';

/** Writes a readable report on a seed that is a draft or has warnings, or deletes it once the seed is neither. */
export const writeNotice = async ({ buckets, seeds }: PublishServices, seed: SeedRecord): Promise<void> => {
  const noticeKey = toNoticeKey(seed.key);
  const notice = formatNotice(seed);
  const { hasNotice = false } = seed;
  if (notice !== undefined) {
    if (!hasNotice) await seeds.saveBuilderFields(seed.key, { hasNotice: true });
    await buckets.internal.put(noticeKey, notice, { contentType: 'text/plain; charset=utf-8' });
  } else if (hasNotice) {
    await buckets.internal.delete(noticeKey);
    await seeds.saveBuilderFields(seed.key, { hasNotice: false });
  }
};

const formatNotice = ({ key, uploadedAt, withheld, version }: SeedRecord): string | undefined => {
  if (withheld) {
    const where = withheld.place ? `Where:  ${cleanForTerminal(withheld.place)}\n` : '';
    return `${cleanForTerminal(key)}${reportOpenings.withheld}\nReason: ${cleanForTerminal(withheld.reason)}\n${where}Upload: ${uploadedAt}\n`;
  }
  if (!version?.warnings) return undefined;
  const warnings = version.warnings.map((warning) => `${cleanForTerminal(formatWarning(warning))}\n`);
  return `${cleanForTerminal(key)}${reportOpenings.warned}\n${warnings.join('')}Upload: ${uploadedAt}\n`;
};
