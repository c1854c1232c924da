import type { Build } from '../adapters/table/build.ts';
import { fingerprint } from '../core/identity.ts';
import { listNames } from '../core/lifecycle/list-positions.ts';
import { selectCadences } from '../core/publication.ts';
import { selectMenuFacts } from '../core/site/menu-pages.ts';
import { describeSignUpForm } from '../core/site/sign-up-form.ts';
import type { PublishServices } from './services.ts';

/**
 * The services with the build version that is to be built. The pages that every page links to are part of it. A requested
 * rebuild gives it another fingerprint, so that every document is written again; the documents do not contain it, and
 * their bytes stay the same.
 */
export const withBuildVersion = <T extends Pick<PublishServices, 'buildVersion'>>(
  services: T,
  { pages, rebuildId }: Pick<Build, 'pages' | 'rebuildId'>,
): T => {
  const menu = selectMenuFacts(pages);
  const additions = [
    ...(rebuildId === undefined ? [] : [rebuildId]),
    ...(menu.length > 0 ? [JSON.stringify(menu)] : []),
  ];
  return additions.length === 0
    ? services
    : { ...services, buildVersion: fingerprint(services.buildVersion, ...additions) };
};

/**
 * New settings, templates or code change every page. All months are queued to be rebuilt one by one, so that the work
 * can stop and go on anywhere, and new articles are published between two months. A cadence that is new in the settings
 * starts with the articles announced from now on, not with the whole archive.
 */
export const startBuildVersion = async (
  services: PublishServices,
  { announced, pages }: Pick<Build, 'announced' | 'pages'>,
): Promise<void> => {
  const { build, buildVersion, cadenceStates, consentWords, lists, previews, publication, seeds, site } = services;
  await consentWords.add(describeSignUpForm({ ...services, pages }));
  for (const cadence of selectCadences(publication)) await cadenceStates.start(cadence, announced);
  const keys = [...(await previews.list()).map(({ key }) => key), ...(await lists.listSeedsOf(listNames.pages))];
  await seeds.markChanged(keys.map((key) => ({ key, sequencer: '' })));
  const months = await lists.listManifests('month');
  await lists.addStaleMonths(months.map(({ name }) => name));
  await build.setBuildVersion({ buildVersion, site, isRebuilding: true });
};

/** Marks every article of one queued month as changed; ends the rebuild when no month is left. */
export const rebuildStaleMonth = async ({
  build,
  buildVersion,
  lists,
  seeds,
  site,
}: PublishServices): Promise<void> => {
  const [month] = await lists.listStaleMonths(1);
  if (month === undefined) return build.setBuildVersion({ buildVersion, site, isRebuilding: false });
  await seeds.markChanged((await lists.listSeedsOf(listNames.month(month))).map((key) => ({ key, sequencer: '' })));
  await lists.removeStaleMonth(month);
};
