import { type DoctorFinding, reportOk, reportProblem, reportWarning } from './doctor-finding.ts';
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
  const check = 'home page';
  const refusal = findFetchProblem(home);
  if (refusal) return reportProblem(check, refusal, selectAction(home));
  if (!home.type?.startsWith('text/html'))
    return reportProblem(check, `${home.address} is served as ${home.type}.`, 'Check what serves that address.');
  return reportOk(check, `${home.address} is there.`);
};

export const checkFeed = (feed: FetchedFeed, newest: string | undefined): DoctorFinding[] => {
  const check = feed.name;
  const refusal = findFetchProblem(feed);
  if (refusal) return [reportProblem(check, refusal, selectAction(feed))];
  if (!feed.parsed)
    return [
      reportProblem(
        check,
        `Feed readers cannot read ${feed.address}: ${feed.parseError}.`,
        'Rebuild it: npx seedpress rebuild.',
      ),
    ];
  const found = [...checkTransport(feed), ...checkContent(feed, feed.parsed, newest)];
  return found.length > 0
    ? found
    : [
        reportOk(
          check,
          `${feed.address} is served as ${feed.wantedType}, ${feed.encoding || 'too small to compress'}, with an ETag, and has ${feed.parsed.ids.length} entries.`,
        ),
      ];
};

const checkTransport = ({
  name,
  address,
  type = '',
  wantedType,
  etag,
  again,
  encoding,
  size = 0,
}: FetchedFeed): DoctorFinding[] => {
  const found: DoctorFinding[] = [];
  if (type.replace(/;.*/, '') !== wantedType)
    found.push(
      reportWarning(
        name,
        `${address} is served as ${type}, not as ${wantedType}.`,
        'Deploy again: the distribution sets it.',
      ),
    );
  if (!etag || again !== 304)
    found.push(
      reportWarning(
        name,
        etag
          ? `${address} answers ${again} to its own ETag: feed readers download it in full each time.`
          : `${address} has no ETag.`,
        'Check what is between the distribution and your readers.',
      ),
    );
  if (!encoding && size >= minCompressedBytes)
    found.push(
      reportWarning(name, `${address} is not compressed.`, 'Check what is between the distribution and your readers.'),
    );
  return found;
};

const checkContent = (
  { name, address }: FetchedFeed,
  { entryCount, ids, selfAddress }: NonNullable<FetchedFeed['parsed']>,
  newest: string | undefined,
): DoctorFinding[] => {
  const found: DoctorFinding[] = [];
  if (selfAddress !== address)
    found.push(
      reportProblem(
        name,
        `${address} states ${selfAddress ?? 'no address'} as its own address.`,
        'Set site in cdk.json to the address that readers use, and deploy; the next build writes it everywhere.',
      ),
    );
  if (new Set(ids).size < entryCount)
    found.push(
      reportProblem(
        name,
        `${address} has ${entryCount} entries, but ${new Set(ids).size} different ids: feed readers confuse some of them.`,
        'Rebuild it: npx seedpress rebuild.',
      ),
    );
  if (newest !== undefined && !ids.includes(newest))
    found.push(
      reportProblem(
        name,
        `${address} does not have the latest article.`,
        'Wait a minute; if it stays like that: docs/runbook.md#publish-errors.',
      ),
    );
  return found;
};

export interface SiteAddresses {
  /** In the settings; absent: CloudFront's own. */
  readonly settings?: string | undefined;
  readonly functions: string;
  /** What the documents were last built for; absent before the first build. */
  readonly built?: string | undefined;
}

export const checkSiteAddresses = ({ settings, functions, built }: SiteAddresses): DoctorFinding => {
  const check = 'address';
  if (settings !== undefined && settings !== functions)
    return reportProblem(
      check,
      `The settings say ${settings}, the deployed functions ${functions}.`,
      'Deploy: npm run deploy.',
    );
  if (built !== undefined && built !== functions)
    return reportWarning(
      check,
      `The documents were last built for ${built}; the functions say ${functions}.`,
      'Wait for the next build, within a minute; it goes through the archive in steps.',
    );
  return reportOk(check, `Settings, functions and documents say ${functions}.`);
};
