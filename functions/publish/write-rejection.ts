import { reportOpenings, toReportKey } from '../adapters/seed-reports.ts';
import type { Rejection, SeedRecord } from '../core/lifecycle/seed-record.ts';
import { cleanForTerminal } from '../core/text/clean-for-terminal.ts';
import type { PublishServices } from './services.ts';

/** Writes a readable report on a rejected seed, or deletes it once the seed is corrected or deleted. */
export const writeRejection = async ({ buckets, seeds }: PublishServices, seed: SeedRecord): Promise<void> => {
  const reportKey = toReportKey(seed.key);
  const { rejection, hasReport = false } = seed;
  if (rejection) {
    if (!hasReport) await seeds.saveBuilderFields(seed.key, { hasReport: true });
    await buckets.internal.put(reportKey, formatReport(seed, rejection), {
      contentType: 'text/plain; charset=utf-8',
    });
  } else if (hasReport) {
    await buckets.internal.delete(reportKey);
    await seeds.saveBuilderFields(seed.key, { hasReport: false });
  }
};

/** For people who look at it in a terminal, too. */
const formatReport = (seed: SeedRecord, { reason, place, isFromBuild }: Rejection): string => {
  const { key, uploadedAt } = seed;
  return `${cleanForTerminal(key)}${reportOpenings.refused}
Reason: ${cleanForTerminal(reason)}
${place ? `Where:  ${cleanForTerminal(place)}\n` : ''}Upload: ${uploadedAt}

${isFromBuild ? '' : `${formatEffect(seed)}\n`}Correct the file and upload it again under the same name. This report is then deleted.
`;
};

const formatEffect = ({ version, copyFingerprint, kind }: SeedRecord): string => {
  if (version) return `The previous version stays published: “${cleanForTerminal(version.title)}”.`;
  return copyFingerprint
    ? `The previous ${kind === 'image' ? 'image' : 'file'} stays published.`
    : 'There was no earlier version, so nothing is published.';
};
