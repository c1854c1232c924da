import type { GetEmailIdentityResponse } from '@aws-sdk/client-sesv2';
import { createReporter, type DoctorFinding } from './doctor-finding.ts';

export interface SenderIdentity {
  readonly address?: GetEmailIdentityResponse | undefined;
  readonly domain?: { readonly name: string; readonly identity: GetEmailIdentityResponse } | undefined;
}

/** What DNS says; absent where there is no such record. */
export interface IdentityRecords {
  readonly dkim: readonly {
    readonly name: string;
    readonly wanted: string;
    readonly found?: string | undefined;
  }[];
  readonly mailFrom?: {
    readonly domain: string;
    readonly exchanges: readonly string[];
    readonly texts: readonly string[];
  };
}

const defaultDkimZone = 'dkim.amazonses.com';

/** The records that SES asks for so that it can sign; none where the keys are the owner's own. */
export const toDkimRecords = ({ domain }: SenderIdentity): { readonly name: string; readonly wanted: string }[] => {
  const attributes = domain?.identity.DkimAttributes;
  if (!domain || attributes?.SigningAttributesOrigin === 'EXTERNAL') return [];
  return (attributes?.Tokens ?? []).map((token) => ({
    name: `${token}._domainkey.${domain.name}`,
    wanted: `${token}.${attributes?.SigningHostedZone ?? defaultDkimZone}`,
  }));
};

const isVerified = (identity: GetEmailIdentityResponse | undefined): boolean =>
  identity?.VerifiedForSendingStatus === true;

export const checkSender = ({ address, domain }: SenderIdentity): DoctorFinding => {
  const report = createReporter('sender');
  if (isVerified(domain?.identity)) return report.ok(`The domain ${domain?.name} is verified.`);
  if (isVerified(address)) return report.ok("The sender's address is verified.");
  if (domain)
    return report.problem(
      `The domain ${domain.name} is not verified: SES accepts no mail.`,
      'Check its DKIM records below; SES verifies the domain within minutes of them.',
    );
  return report.problem(
    "Neither the sender's address nor its domain is verified: SES takes no mail.",
    'Click the link in the mail that Amazon sent to the address, or verify the domain: docs/deploying.md#mail.',
  );
};

export const checkDkim = ({ domain }: SenderIdentity, { dkim }: IdentityRecords): DoctorFinding[] => {
  const report = createReporter('DKIM');
  if (!domain)
    return [
      report.warning(
        'Only the address is an identity: mails are not signed by its domain.',
        'Verify the domain before the list grows: docs/deploying.md#mail.',
      ),
    ];
  const { Status = 'NOT_STARTED', SigningEnabled = false } = domain.identity.DkimAttributes ?? {};
  const wrong = dkim.filter(({ wanted, found }) => found?.toLowerCase() !== wanted.toLowerCase());
  const records = wrong.map(({ name, wanted, found }) =>
    report.problem(
      `${name} ${found === undefined ? 'is missing from DNS' : `points to ${found}`}.`,
      `Make it a CNAME of ${wanted}.`,
    ),
  );
  if (Status !== 'SUCCESS')
    return [
      report.problem(
        `The DKIM status of ${domain.name} at SES is ${Status}.`,
        'Publish its DKIM records. SES looks for them for 72 hours; after that, start it again in the SES console.',
      ),
      ...records,
    ];
  if (!SigningEnabled)
    return [report.problem(`Signing is switched off for ${domain.name}.`, 'Switch it on in the SES console.')];
  return records.length > 0
    ? records
    : [report.ok(`${domain.name} signs mails${dkim.length > 0 ? `, and its ${dkim.length} records are in DNS` : ''}.`)];
};

export const checkMailFrom = ({ domain, address }: SenderIdentity, { mailFrom }: IdentityRecords): DoctorFinding[] => {
  const report = createReporter('MAIL FROM');
  const attributes = (domain?.identity ?? address)?.MailFromAttributes;
  if (!attributes?.MailFromDomain || !mailFrom)
    return [
      report.warning(
        "Mails bounce to amazonses.com: SPF does not speak of the sender's domain.",
        'Set a MAIL FROM domain; a hosted zone in the settings does it for you.',
      ),
    ];
  const { MailFromDomain: name, MailFromDomainStatus: status } = attributes;
  const namesSes = mailFrom.exchanges.some((exchange) => /^feedback-smtp\.[\w-]+\.amazonses\.com$/i.test(exchange));
  const found = [
    status !== 'SUCCESS' &&
      report.problem(
        `The status of ${name} at SES is ${status}.`,
        'Publish its MX record; SES looks for it for 72 hours.',
      ),
    !namesSes &&
      report.problem(
        `${name} has no MX record that names SES.`,
        "Add the MX record 10 feedback-smtp.REGION.amazonses.com, with the stack's region.",
      ),
    ...checkSpf(name, mailFrom.texts),
  ].filter((finding) => finding !== false);
  return found.length > 0 ? found : [report.ok(`Mails bounce to ${name}; its MX and SPF records are in DNS.`)];
};

const checkSpf = (name: string, texts: readonly string[]): DoctorFinding[] => {
  const report = createReporter('SPF');
  const records = texts.filter((text) => /^v=spf1(\s|$)/i.test(text));
  if (records.length > 1)
    return [report.problem(`${name} has ${records.length} SPF records: receivers then use none.`, 'Keep one of them.')];
  if (records.some((record) => /\binclude:amazonses\.com(\s|$)/i.test(record))) return [];
  return [
    report.problem(
      `${name} has no SPF record that names SES.`,
      `Add the TXT record "v=spf1 include:amazonses.com ~all" at ${name}.`,
    ),
  ];
};
