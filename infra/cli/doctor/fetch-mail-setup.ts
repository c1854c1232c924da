import {
  GetAccountCommand,
  type GetAccountResponse,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  type GetEmailIdentityResponse,
  NotFoundException,
  type SESv2Client,
} from '@aws-sdk/client-sesv2';
import { type DmarcRecords, parseDmarc } from './check-dmarc.ts';
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

/** So many names are asked for at most: a sender cannot make receivers ask for more. */
const maxWalkedLabels = 7;

/**
 * RFC 9989, tree walk: the domain, then its last seven labels or one less than it has, down to the top-level domain.
 */
const listWalkedDomains = (domain: string): string[] => {
  const labels = domain.split('.');
  const longestParent = Math.min(labels.length - 1, maxWalkedLabels);
  return [
    domain,
    ...Array.from({ length: longestParent }, (_, index) => labels.slice(index - longestParent).join('.')),
  ];
};

/**
 * The DMARC records of an address's domain and of those above it, up to one that says whether it is a public suffix.
 */
export const fetchDmarcWalk = async (resolver: DnsResolver, email: string): Promise<DmarcRecords[]> => {
  const found: DmarcRecords[] = [];
  for (const domain of listWalkedDomains(toDomain(email))) {
    const texts = await fetchTxtRecords(resolver, `_dmarc.${domain}`);
    const records = texts.filter((text) => parseDmarc(text));
    if (records.length > 0) found.push({ domain, records });
    if (records.length === 1 && /^[ny]$/i.test(parseDmarc(records[0] ?? '')?.psd ?? '')) break;
  }
  return found;
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
