import { createReporter, type DoctorFinding } from './doctor-finding.ts';

export interface DmarcRecords {
  /** The domain that has the record: the sender's, or one above it. */
  readonly domain: string;
  readonly records: readonly string[];
}

export interface MailAuthentication {
  readonly from: string;
  readonly dkim?: string | undefined;
  readonly mailFrom?: string | undefined;
}

const knownPolicies = ['none', 'quarantine', 'reject'];

/** Reads `v=DMARC1; p=none; …` (RFC 7489, section 6.3); undefined where it is no such record. */
export const parseDmarc = (record: string): Readonly<Record<string, string>> | undefined => {
  if (!/^v\s*=\s*DMARC1\s*(;|$)/.test(record)) return undefined;
  return Object.fromEntries(
    record.split(';').flatMap((part) => {
      const [, name, value] = /^\s*([a-z]+)\s*=\s*(.*?)\s*$/i.exec(part) ?? [];
      return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value]];
    }),
  );
};

const isSubdomain = (domain: string, above: string): boolean => `.${domain}`.endsWith(`.${above}`);

/** RFC 7489, section 3.1: relaxed alignment is that of one organization's domains, strict that of equal ones. */
const isAligned = (domain: string | undefined, from: string, strict: boolean, organization: string): boolean =>
  domain !== undefined &&
  (domain === from || (!strict && isSubdomain(domain, organization) && isSubdomain(from, organization)));

export const checkDmarc = (dmarc: DmarcRecords | undefined, mail: MailAuthentication): DoctorFinding[] => {
  const report = createReporter('DMARC');
  const parsed = (dmarc?.records ?? []).map(parseDmarc).filter((tags) => tags !== undefined);
  const [tags] = parsed;
  if (!dmarc || !tags)
    return [
      report.problem(
        `${mail.from} has no DMARC record: large providers refuse bulk mail without one.`,
        `Add the TXT record _dmarc.${mail.from} "v=DMARC1; p=none".`,
      ),
    ];
  if (parsed.length > 1)
    return [
      report.problem(
        `_dmarc.${dmarc.domain} has ${parsed.length} DMARC records: receivers then use none of them.`,
        'Keep one of them.',
      ),
    ];
  const policy = (dmarc.domain === mail.from ? tags.p : (tags.sp ?? tags.p))?.toLowerCase() ?? '';
  if (!knownPolicies.includes(policy))
    return [
      report.problem(
        `The DMARC record of ${dmarc.domain} has no known policy.`,
        `Give it p=none, p=quarantine or p=reject.`,
      ),
    ];
  return [report.ok(`${dmarc.domain} says p=${policy}.`), checkAlignment(dmarc, tags, mail)];
};

const checkAlignment = (
  { domain }: DmarcRecords,
  { adkim, aspf }: Readonly<Record<string, string>>,
  { from, dkim, mailFrom }: MailAuthentication,
): DoctorFinding => {
  const report = createReporter('DMARC alignment');
  const byDkim = isAligned(dkim, from, adkim === 's', domain);
  const bySpf = isAligned(mailFrom, from, aspf === 's', domain);
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
