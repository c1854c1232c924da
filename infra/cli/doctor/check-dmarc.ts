import { createReporter, type DoctorFinding } from './doctor-finding.ts';

/** The DMARC records of one domain on the way from the sender's domain to the root. */
export interface DmarcRecords {
  readonly domain: string;
  readonly records: readonly string[];
}

export interface MailAuthentication {
  readonly from: string;
  readonly dkim?: string | undefined;
  readonly mailFrom?: string | undefined;
}

type DmarcTags = Readonly<Record<string, string>>;

const knownPolicies = ['none', 'quarantine', 'reject'];
/** Of RFC 7489, gone in RFC 9989. */
const removedTags = ['pct', 'rf', 'ri'];

/** Reads `v=DMARC1; p=none; …` (RFC 9989); undefined where it is no such record. */
export const parseDmarc = (record: string): DmarcTags | undefined => {
  if (!/^v\s*=\s*DMARC1\s*(;|$)/.test(record)) return undefined;
  return Object.fromEntries(
    record.split(';').flatMap((part) => {
      const [, name, value] = /^\s*([a-z]+)\s*=\s*(.*?)\s*$/i.exec(part) ?? [];
      return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value]];
    }),
  );
};

const isSubdomain = (domain: string, above: string): boolean => `.${domain}`.endsWith(`.${above}`);

/** RFC 9989: relaxed alignment is that of one organization's domains, strict that of equal ones. */
const isAligned = (domain: string | undefined, from: string, strict: boolean, organization: string): boolean =>
  domain !== undefined &&
  (domain === from || (!strict && isSubdomain(domain, organization) && isSubdomain(from, organization)));

interface DmarcRecord {
  readonly domain: string;
  readonly tags: DmarcTags;
}

/** A domain with several records is treated as one with none. */
const readRecords = (walk: readonly DmarcRecords[]): DmarcRecord[] =>
  walk.flatMap(({ domain, records }) => {
    const [tags, ...others] = records.map(parseDmarc).filter((each) => each !== undefined);
    return tags && others.length === 0 ? [{ domain, tags }] : [];
  });

const isPublicSuffix = ({ tags }: DmarcRecord): boolean => tags.psd?.toLowerCase() === 'y';

/** The domain below a public suffix, the one that says it is none, else the highest that has a record. */
const findOrganization = (records: readonly DmarcRecord[], from: string): string => {
  const stated = records.find(({ tags }) => tags.psd?.toLowerCase() === 'n');
  if (stated) return stated.domain;
  const suffix = records.find((record) => isPublicSuffix(record) && record.domain !== from);
  if (!suffix) return records.at(-1)?.domain ?? from;
  const labels = from.split('.');
  return labels.slice(labels.length - suffix.domain.split('.').length - 1).join('.');
};

/** The sender's own record, its organization's, or that of the public suffix. */
const selectRecord = (records: readonly DmarcRecord[], from: string, organization: string): DmarcRecord | undefined =>
  records.find(({ domain }) => domain === from) ??
  records.find(({ domain }) => domain === organization) ??
  records.find(isPublicSuffix);

const testedPolicies: ReadonlyMap<string, string> = new Map([
  ['reject', 'quarantine'],
  ['quarantine', 'none'],
]);

const describePolicy = (domain: string, policy: string, { t }: DmarcTags): string => {
  const tested = t?.toLowerCase() === 'y' ? testedPolicies.get(policy) : undefined;
  return tested === undefined
    ? `${domain} says p=${policy}.`
    : `${domain} says p=${policy} as a test (t=y): receivers apply p=${tested}.`;
};

const checkPolicy = ({ domain, tags }: DmarcRecord, from: string): DoctorFinding => {
  const report = createReporter('DMARC');
  const policy = (domain === from ? tags.p : (tags.sp ?? tags.p))?.toLowerCase();
  if (policy === undefined)
    return report.warning(
      `The DMARC record of ${domain} has no policy: that is p=none by RFC 9989, and no record to older receivers.`,
      'Give it p=none.',
    );
  return knownPolicies.includes(policy)
    ? report.ok(describePolicy(domain, policy, tags))
    : report.problem(`The DMARC record of ${domain} has no known policy.`, 'Give it p=none, p=quarantine or p=reject.');
};

const checkRemovedTags = ({ domain, tags }: DmarcRecord): DoctorFinding[] => {
  const removed = removedTags.filter((name) => tags[name] !== undefined);
  if (removed.length === 0) return [];
  return [
    createReporter('DMARC').warning(
      `The DMARC record of ${domain} has ${removed.join(', ')}, which RFC 9989 removed: receivers ignore them.`,
      'Remove them. A policy that is only tested says t=y.',
    ),
  ];
};

/** @param walk the domains with records, from the sender's own upwards, as `fetchDmarcWalk` finds them */
export const checkDmarc = (walk: readonly DmarcRecords[], mail: MailAuthentication): DoctorFinding[] => {
  const report = createReporter('DMARC');
  const { from } = mail;
  const doubled = walk.find(({ records }) => records.filter((record) => parseDmarc(record)).length > 1);
  if (doubled)
    return [
      report.problem(
        `_dmarc.${doubled.domain} has several DMARC records: receivers then use none of them.`,
        'Keep one of them.',
      ),
    ];
  const records = readRecords(walk);
  const organization = findOrganization(records, from);
  const record = selectRecord(records, from, organization);
  if (!record)
    return [
      report.problem(
        `${from} has no DMARC record: large providers refuse bulk mail without one.`,
        `Add the TXT record _dmarc.${from} "v=DMARC1; p=none".`,
      ),
    ];
  const policy = checkPolicy(record, from);
  if (policy.level === 'problem') return [policy];
  return [policy, ...checkRemovedTags(record), checkAlignment(organization, record.tags, mail)];
};

const checkAlignment = (
  organization: string,
  { adkim, aspf }: DmarcTags,
  { from, dkim, mailFrom }: MailAuthentication,
): DoctorFinding => {
  const report = createReporter('DMARC alignment');
  const byDkim = isAligned(dkim, from, adkim === 's', organization);
  const bySpf = isAligned(mailFrom, from, aspf === 's', organization);
  if (byDkim && bySpf) return report.ok('DKIM and SPF match the domain in From.');
  if (byDkim)
    return report.warning(
      `DKIM matches the domain in From, SPF is for ${mailFrom ?? 'amazonses.com'}: mails pass by their signature only.`,
      'Give the identity a MAIL FROM domain under the domain in From.',
    );
  if (bySpf)
    return report.warning(
      'SPF matches the domain in From, DKIM does not: forwarded mails do not pass.',
      'Verify the domain in SES, so that it signs mails.',
    );
  return report.problem(
    'Neither DKIM nor SPF matches the domain in From: mails do not pass DMARC.',
    'Verify the domain in SES instead of the address: docs/deploying.md#mail.',
  );
};
