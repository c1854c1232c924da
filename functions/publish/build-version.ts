import type { Build } from '../adapters/table/build.ts';
import { fingerprint } from '../core/identity.ts';
import { selectCadences } from '../core/publication.ts';
import type { PublishServices } from './services.ts';

/**
 * The services under the edition that is to be built. Whoever asks for everything anew makes it another one, so that
 * nothing counts as written; the documents say nothing of it, and their bytes stay.
 */
export const withBuildVersion = <T extends Pick<PublishServices, 'buildVersion'>>(
  services: T,
  { rebuildId: rebuilt }: Build,
): T =>
  rebuilt === undefined
    ? services
    : { ...services, buildVersion: fingerprint(services.buildVersion, rebuilt) };

/**
 * New settings or templates change every page. All months are noted down to be taken up one by one, so that the work
 * can stop anywhere and goes on where it stopped; articles that arrive meanwhile go first. A cadence that the settings
 * have for the first time begins with what is announced from here on, and not with the whole archive.
 */
export const startBuildVersion = async (
  services: PublishServices,
  { announced }: Pick<Build, 'announced'>,
): Promise<void> => {
  for (const cadence of selectCadences(services.publication))
    await services.cadenceStates.start(cadence, announced);
  const months = await services.lists.listManifests('month');
  await services.lists.addStaleMonths(months.map(({ name }) => name));
  await services.build.setBuildVersion({
    buildVersion: services.buildVersion,
    site: services.site,
    isRebuilding: true,
  });
};

/** Marks every article of one noted month as changed, and says when none was left. */
export const rebuildStaleMonth = async ({
  build,
  buildVersion: edition,
  lists,
  seeds,
  site,
}: PublishServices): Promise<void> => {
  const [month] = await lists.listStaleMonths(1);
  if (month === undefined) return build.setBuildVersion({ buildVersion: edition, site, isRebuilding: false });
  await seeds.markChanged((await lists.listSeedsOfMonth(month)).map((key) => ({ key, sequencer: '' })));
  await lists.removeStaleMonth(month);
};
