import { findPrivacyPage, type MenuPage } from '../../../functions/core/site/menu-pages.ts';
import { formatCount } from '../output/format-values.ts';
import { createReporter, type DoctorFinding } from './doctor-finding.ts';
import type { FetchedDocument, FetchedFeed } from './fetch-site.ts';

/** CloudFront compresses nothing smaller. */
const minCompressedBytes = 1000;

const findFetchProblem = ({ address, status, fetchError }: FetchedDocument): string | undefined => {
  if (fetchError !== undefined) return `${address} cannot be reached: ${fetchError}.`;
  return status === 200 ? undefined : `${address} answers ${status}.`;
};

const selectAction = ({ status }: FetchedDocument): string =>
  status === 403 || status === 404
    ? 'Publish something; if the documents were lost: npx seedpress rebuild.'
    : 'Look whether the distribution is deployed, and whether DNS leads to it.';

export const checkHomePage = (home: FetchedDocument): DoctorFinding => {
  const report = createReporter('home page');
  const refusal = findFetchProblem(home);
  if (refusal) return report.problem(refusal, selectAction(home));
  if (!home.type?.startsWith('text/html'))
    return report.problem(`${home.address} is served as ${home.type}.`, 'Check what serves that address.');
  return report.ok(`${home.address} is there.`);
};

/** @param pages that the site has now */
export const checkPrivacyPage = (pages: readonly MenuPage[]): DoctorFinding => {
  const report = createReporter('privacy page');
  const page = findPrivacyPage(pages);
  if (page) return report.ok(`The sign-up form links to “${page.title}”.`);
  return report.warning(
    'The sign-up form has no privacy page.',
    'Publish pages/privacy.md. npx seedpress init writes a draft of it into a new folder.',
  );
};

export const checkFeed = (feed: FetchedFeed, newest: string | undefined): DoctorFinding[] => {
  const { name, address, wantedType, encoding, parsed, parseError } = feed;
  const report = createReporter(name);
  const refusal = findFetchProblem(feed);
  if (refusal) return [report.problem(refusal, selectAction(feed))];
  if (!parsed)
    return [
      report.problem(`Feed readers cannot read ${address}: ${parseError}.`, 'Rebuild it: npx seedpress rebuild.'),
    ];
  const found = [...checkTransport(feed), ...checkContent(feed, parsed, newest)];
  if (found.length > 0) return found;
  const compression = encoding || 'too small to compress';
  return [
    report.ok(
      `${address} is served as ${wantedType}, ${compression}, with an ETag, and has ${formatCount(parsed.ids.length, 'entry', 'entries')}.`,
    ),
  ];
};

function* checkTransport(feed: FetchedFeed): Generator<DoctorFinding> {
  const { name, address, type = '', wantedType, etag, again, encoding, size = 0 } = feed;
  const report = createReporter(name);
  const action = 'Check what is between the distribution and your readers.';
  if (type.replace(/;.*/, '') !== wantedType)
    yield report.warning(
      `${address} is served as ${type}, not as ${wantedType}.`,
      'Deploy again: the distribution sets it.',
    );
  if (!etag) yield report.warning(`${address} has no ETag.`, action);
  else if (again !== 304)
    yield report.warning(
      `${address} answers ${again} to its own ETag: feed readers download it in full each time.`,
      action,
    );
  if (!encoding && size >= minCompressedBytes) yield report.warning(`${address} is not compressed.`, action);
}

function* checkContent(
  { name, address }: FetchedFeed,
  { entryCount, ids, selfAddress }: NonNullable<FetchedFeed['parsed']>,
  newest: string | undefined,
): Generator<DoctorFinding> {
  const report = createReporter(name);
  const differentIds = new Set(ids).size;
  if (selfAddress !== address)
    yield report.problem(
      `${address} states ${selfAddress ?? 'no address'} as its own address.`,
      'Set site in the settings to the address that readers use, and deploy; the next build writes it everywhere.',
    );
  if (differentIds < entryCount)
    yield report.problem(
      `${address} has ${entryCount} entries, but ${differentIds} different ids: feed readers confuse some of them.`,
      'Rebuild it: npx seedpress rebuild.',
    );
  if (newest !== undefined && !ids.includes(newest))
    yield report.problem(
      `${address} does not have the latest article.`,
      'Wait a minute; if it stays like that: docs/runbook.md#publish-errors.',
    );
}

export interface SiteAddresses {
  /** In the settings; absent: CloudFront's own. */
  readonly settings?: string | undefined;
  readonly functions: string;
  /** What the documents were last built for; absent before the first build. */
  readonly built?: string | undefined;
}

export const checkSiteAddresses = ({ settings, functions, built }: SiteAddresses): DoctorFinding => {
  const report = createReporter('address');
  if (settings !== undefined && settings !== functions)
    return report.problem(
      `The settings say ${settings}, the deployed functions ${functions}.`,
      'Deploy: npm run deploy.',
    );
  if (built !== undefined && built !== functions)
    return report.warning(
      `The documents were last built for ${built}; the functions say ${functions}.`,
      'Wait for the next build, within a minute; it goes through the archive in steps.',
    );
  return report.ok(`Settings, functions and documents say ${functions}.`);
};
