import type { Build } from '../adapters/table/build.ts';
import { cadencesOf } from '../core/publication.ts';
import type { PublishingServices } from './services.ts';

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
  const month = await lists.oldMonth();
  if (month === undefined) return build.setEdition({ edition, site, renewing: false });
  await seeds.markChanged((await lists.sourcesOfMonth(month)).map((key) => ({ key, sequencer: '' })));
  await lists.forgetOldMonth(month);
};
