import { reportOpenings, toReportKey } from '../adapters/seed-reports.ts';
import { fingerprint } from '../core/identity.ts';
import type { Rejection, SeedRecord } from '../core/lifecycle/seed-record.ts';
import { cleanForTerminal } from '../core/text/clean-for-terminal.ts';
import type { PublishServices } from './services.ts';

/**
 * Writes a readable report on a rejected seed and puts it down for a mail to the publisher, or deletes both once the
 * seed is corrected or deleted.
 */
export const writeRejection = async (services: PublishServices, seed: SeedRecord): Promise<void> => {
  const { buckets, seeds } = services;
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
  await updateRefusal(services, seed);
};

/** Each upload is put down once, however often it is built: docs/decisions/0028-mails-about-refusals.md */
const updateRefusal = async ({ now, refusals, seeds }: PublishServices, seed: SeedRecord): Promise<void> => {
  const { key, rejection, refusalId: before = '' } = seed;
  const id = rejection ? toRefusalId(seed, rejection) : '';
  if (id === before) return;
  if (before !== '') await refusals.remove([before]);
  if (rejection) {
    const { reason, place } = rejection;
    await refusals.add({ id, key, reason, ...(place && { place }) }, now());
  }
  await seeds.saveBuilderFields(key, { refusalId: id });
};

const toRefusalId = ({ key, uploadedAt = '', etag = '' }: SeedRecord, { isFromBuild }: Rejection): string =>
  `${uploadedAt}#${fingerprint(key, etag, isFromBuild ? 'build' : 'upload')}`;

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
