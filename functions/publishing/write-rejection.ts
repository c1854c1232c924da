import type { Rejection, SeedRecord } from '../core/filing/records.ts';
import { deskFolders } from '../runtime/contract.ts';
import type { PublishingServices } from './services.ts';

/** Leaves a readable report on a seed that cannot be published, or takes it away once the seed was mended or deleted. */
export const writeRejection = async (services: PublishingServices, seed: SeedRecord): Promise<void> => {
  const { desk } = services.buckets;
  const name = `${deskFolders.rejections}${seed.key}.txt`;
  const { rejection, reported = false } = seed;
  if (rejection) {
    if (!reported) await services.seeds.note(seed.key, { reported: true });
    await desk.put(name, reportOf(seed, rejection), { contentType: 'text/plain; charset=utf-8' });
  } else if (reported) {
    await desk.delete(name);
    await services.seeds.note(seed.key, { reported: false });
  }
};

const reportOf = ({ key, modified, version }: SeedRecord, { reason, place }: Rejection): string => {
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
