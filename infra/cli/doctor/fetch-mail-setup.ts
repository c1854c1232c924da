import {
  GetAccountCommand,
  type GetAccountResponse,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  type GetEmailIdentityResponse,
  NotFoundException,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { DmarcRecords } from './check-dmarc.ts';
import type { EventDestination } from './check-events.ts';
import { type IdentityRecords, type SenderIdentity, toDkimRecords } from './check-identity.ts';
import { type DnsResolver, fetchDnsRecords, fetchTxtRecords } from './dns-resolver.ts';

const ignoreNotFound = async <T>(ask: Promise<T>): Promise<T | undefined> => {
  try {
    return await ask;
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
};

export const fetchSesAccount = (ses: SESv2Client): Promise<GetAccountResponse> => ses.send(new GetAccountCommand({}));

/** The domain and those above it, but for the last: `a.b.example`, `b.example`. */
const listParentDomains = (domain: string): string[] => {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
};

const toDomain = (email: string): string => email.split('@').at(-1)?.toLowerCase() ?? '';

/** The identities that SES looks up for an address: the address, and the nearest of its domains. */
export const fetchSenderIdentity = async (ses: SESv2Client, email: string): Promise<SenderIdentity> => {
  const ask = (EmailIdentity: string): Promise<GetEmailIdentityResponse | undefined> =>
    ignoreNotFound(ses.send(new GetEmailIdentityCommand({ EmailIdentity })));
  const address = await ask(email);
  for (const name of listParentDomains(toDomain(email))) {
    const identity = await ask(name);
    if (identity) return { address, domain: { name, identity } };
  }
  return { address };
};

export const fetchIdentityRecords = async (resolver: DnsResolver, sender: SenderIdentity): Promise<IdentityRecords> => {
  const dkim = await Promise.all(
    toDkimRecords(sender).map(async ({ name, wanted }) => {
      const [found] = await fetchDnsRecords(name, (each) => resolver.resolveCname(each));
      return { name, wanted, ...(found !== undefined && { found }) };
    }),
  );
  const domain = (sender.domain?.identity ?? sender.address)?.MailFromAttributes?.MailFromDomain;
  if (!domain) return { dkim };
  const exchanges = await fetchDnsRecords(domain, (each) => resolver.resolveMx(each));
  return {
    dkim,
    mailFrom: {
      domain,
      exchanges: exchanges.map(({ exchange }) => exchange),
      texts: await fetchTxtRecords(resolver, domain),
    },
  };
};

/** The DMARC record in force for an address: its domain's, or the nearest of a domain above. */
export const fetchDmarcRecords = async (resolver: DnsResolver, email: string): Promise<DmarcRecords | undefined> => {
  for (const domain of listParentDomains(toDomain(email))) {
    const texts = await fetchTxtRecords(resolver, `_dmarc.${domain}`);
    const records = texts.filter((text) => /^v\s*=\s*DMARC1/.test(text));
    if (records.length > 0) return { domain, records };
  }
  return undefined;
};

export const fetchEventDestinations = async (
  ses: SESv2Client,
  configurationSet: string,
): Promise<EventDestination[] | undefined> => {
  const answer = await ignoreNotFound(
    ses.send(new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: configurationSet })),
  );
  return answer && (answer.EventDestinations ?? []);
};
