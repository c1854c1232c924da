import type { Build } from '../adapters/table/build.ts';
import { fingerprint } from '../core/identity.ts';
import { cadencesOf } from '../core/publication.ts';
import type { PublishingServices } from './services.ts';

/**
 * The services under the edition that is to be built. Whoever asks for everything anew makes it another one, so that
 * nothing counts as written; the documents say nothing of it, and their bytes stay.
 */
export const inEdition = <T extends Pick<PublishingServices, 'edition'>>(
  services: T,
  { rebuilt }: Build,
): T => (rebuilt === undefined ? services : { ...services, edition: fingerprint(services.edition, rebuilt) });

/**
 * New settings or templates change every page. All months are noted down to be taken up one by one, so that the work
 * can stop anywhere and goes on where it stopped; articles that arrive meanwhile go first. A cadence that the settings
 * have for the first time begins with what is announced from here on, and not with the whole archive.
 */
export const startNewEdition = async (
  services: PublishingServices,
  { announced }: Pick<Build, 'announced'>,
): Promise<void> => {
  for (const cadence of cadencesOf(services.publication)) await services.issues.begin(cadence, announced);
  const months = await services.lists.shelves('month');
  await services.lists.noteOldMonths(months.map(({ name }) => name));
  await services.build.setEdition({ edition: services.edition, site: services.site, renewing: true });
};

/** Marks every article of one noted month as changed, and says when none was left. */
export const takeUpOldMonth = async ({
  build,
  edition,
  lists,
  seeds,
  site,
}: PublishingServices): Promise<void> => {
  const [month] = await lists.oldMonths(1);
  if (month === undefined) return build.setEdition({ edition, site, renewing: false });
  await seeds.markChanged((await lists.sourcesOfMonth(month)).map((key) => ({ key, sequencer: '' })));
  await lists.forgetOldMonth(month);
};
