import { type Finding, ok, problem, warning } from './finding.ts';
import type { Served, ServedFeed } from './gather-site.ts';

/** CloudFront compresses nothing smaller. */
const leastCompressed = 1000;

/** Why an address does not serve what it should; undefined where it does. */
const refusalOf = ({ address, status, failure }: Served): string | undefined => {
  if (failure !== undefined) return `${address} cannot be reached: ${failure}.`;
  return status === 200 ? undefined : `${address} answers ${status}.`;
};

const todoOf = ({ status }: Served): string =>
  status === 403 || status === 404
    ? 'Publish something; if the documents were lost: npx seedpress rebuild.'
    : 'Look whether the distribution is deployed, and whether DNS leads to it.';

export const judgeHome = (home: Served): Finding => {
  const check = 'home page';
  const refusal = refusalOf(home);
  if (refusal) return problem(check, refusal, todoOf(home));
  if (!home.type?.startsWith('text/html'))
    return problem(check, `${home.address} is served as ${home.type}.`, 'Look what serves that address.');
  return ok(check, `${home.address} is there.`);
};

/**
 * Whether a feed can be had, is cheap to ask for again, and can be read.
 * @param newest the id of the article that arrived last
 */
export const judgeFeed = (feed: ServedFeed, newest: string | undefined): Finding[] => {
  const check = feed.name;
  const refusal = refusalOf(feed);
  if (refusal) return [problem(check, refusal, todoOf(feed))];
  if (!feed.read)
    return [
      problem(
        check,
        `No reader can read ${feed.address}: ${feed.unreadable}.`,
        'Rebuild it: npx seedpress rebuild.',
      ),
    ];
  const found = [...judgeTransport(feed), ...judgeContent(feed, feed.read, newest)];
  return found.length > 0
    ? found
    : [
        ok(
          check,
          `${feed.address} is served as ${feed.wantedType}, ${feed.encoding || 'too small to compress'}, with an ETag, and has ${feed.read.ids.length} entries.`,
        ),
      ];
};

const judgeTransport = ({
  name,
  address,
  type = '',
  wantedType,
  etag,
  again,
  encoding,
  size = 0,
}: ServedFeed): Finding[] => {
  const found: Finding[] = [];
  if (type.replace(/;.*/, '') !== wantedType)
    found.push(
      warning(
        name,
        `${address} is served as ${type}, not as ${wantedType}.`,
        'Deploy again: the distribution sets it.',
      ),
    );
  if (!etag || again !== 304)
    found.push(
      warning(
        name,
        etag
          ? `${address} answers ${again} to its own ETag: readers fetch it whole each time.`
          : `${address} has no ETag.`,
        'Look what stands between the distribution and readers.',
      ),
    );
  if (!encoding && size >= leastCompressed)
    found.push(
      warning(
        name,
        `${address} is not compressed.`,
        'Look what stands between the distribution and readers.',
      ),
    );
  return found;
};

const judgeContent = (
  { name, address }: ServedFeed,
  { entries, ids, self }: NonNullable<ServedFeed['read']>,
  newest: string | undefined,
): Finding[] => {
  const found: Finding[] = [];
  if (self !== address)
    found.push(
      problem(
        name,
        `${address} says that its address is ${self ?? 'none'}.`,
        'Make site in cdk.json the address that readers have, and deploy; the next build writes it everywhere.',
      ),
    );
  if (new Set(ids).size < entries)
    found.push(
      problem(
        name,
        `${address} has ${entries} entries, but ${new Set(ids).size} different ids: readers take some for others.`,
        'Rebuild it: npx seedpress rebuild.',
      ),
    );
  if (newest !== undefined && !ids.includes(newest))
    found.push(
      problem(
        name,
        `${address} lacks the article that arrived last.`,
        'Wait a minute; if it stays so: docs/runbook.md#publish-errors.',
      ),
    );
  return found;
};

/** Addresses of the site, from each that states one. */
export interface Addresses {
  /** In the settings; absent: CloudFront's own. */
  readonly settings?: string | undefined;
  /** What the functions are told. */
  readonly functions: string;
  /** What the documents were last built for; absent before the first build. */
  readonly built?: string | undefined;
}

/** Whether settings, functions and documents agree on the site's address. */
export const judgeAddresses = ({ settings, functions, built }: Addresses): Finding => {
  const check = 'address';
  if (settings !== undefined && settings !== functions)
    return problem(
      check,
      `The settings say ${settings}, the deployed functions ${functions}.`,
      'Deploy: npm run deploy.',
    );
  if (built !== undefined && built !== functions)
    return warning(
      check,
      `The documents were last built for ${built}; the functions say ${functions}.`,
      'Wait for the next build, within a minute; it goes on in steps through the archive.',
    );
  return ok(check, `Settings, functions and documents say ${functions}.`);
};
