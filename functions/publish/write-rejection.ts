import type { Rejection, SeedRecord } from '../core/lifecycle/records.ts';
import { internalFolders } from '../platform/contract.ts';
import type { PublishServices } from './services.ts';

/** Leaves a readable report on a seed that cannot be published, or takes it away once the seed was mended or deleted. */
export const writeRejection = async (services: PublishServices, seed: SeedRecord): Promise<void> => {
  const { internal: desk } = services.buckets;
  const name = `${internalFolders.rejections}${seed.key}.txt`;
  const { rejection, hasReport: reported = false } = seed;
  if (rejection) {
    if (!reported) await services.seeds.saveBuilderFields(seed.key, { hasReport: true });
    await desk.put(name, formatReport(seed, rejection), { contentType: 'text/plain; charset=utf-8' });
  } else if (reported) {
    await desk.delete(name);
    await services.seeds.saveBuilderFields(seed.key, { hasReport: false });
  }
};

const formatReport = (
  { key, uploadedAt: modified, version }: SeedRecord,
  { reason, place }: Rejection,
): string => {
  const standing = version
    ? `The version before it stays published: “${version.title}”.`
    : 'Nothing of it was published.';
  return `${key} was not published.

Reason: ${reason}
${place ? `Where:  ${place}\n` : ''}Upload: ${modified}

${standing}
Upload the mended file under the same name, and this report goes away.
`;
};
