import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { Cadence, Publication } from '../../../functions/core/publication.ts';
import type { MenuPage } from '../../../functions/core/site/menu-pages.ts';
import { formatErrorMessage } from '../../local/base/format-error-message.ts';
import { formatCount } from '../output/format-values.ts';
import { checkAccount, checkQuota, findUnservedReaders } from './check-account.ts';
import { checkDmarc } from './check-dmarc.ts';
import { checkEvents } from './check-events.ts';
import { checkDkim, checkMailFrom, checkSender, type SenderIdentity } from './check-identity.ts';
import {
  type AlarmTopic,
  checkAlarms,
  checkDeadLetters,
  checkPause,
  checkRejections,
  checkTopicReaders,
  type DeadLetterCount,
} from './check-operations.ts';
import { checkSchedules } from './check-schedules.ts';
import { checkFeed, checkHomePage, checkPrivacyPage, checkSiteAddresses } from './check-site.ts';
import { type DnsResolver, DnsUnavailableError } from './dns-resolver.ts';
import { createReporter, type DoctorFinding } from './doctor-finding.ts';
import {
  fetchDmarcWalk,
  fetchEventDestinations,
  fetchIdentityRecords,
  fetchSenderIdentity,
  fetchSesAccount,
} from './fetch-mail-setup.ts';
import { fetchFeeds, fetchHomePage } from './fetch-site.ts';

export interface DoctorInput {
  readonly publication: Publication;
  /** On a laptop the mailer trusts every sender, DNS knows nothing of it, and alarms go nowhere. */
  readonly isLocal: boolean;
  readonly now: Date;
  readonly ses: SESv2Client;
  readonly resolver: DnsResolver;
  readonly fetch: typeof fetch;
  readonly site: string;
  readonly configurationSet?: string | undefined;
  readonly builtForSite: string | undefined;
  /** That are on the site, in its menus or not. */
  readonly pages: readonly MenuPage[];
  readonly newestArticleId: string | undefined;
  readonly paused: { readonly at: string; readonly reason: string } | undefined;
  readonly subscribers: Readonly<Record<Cadence, number>>;
  /** Who chose topics of which none is offered any more. */
  readonly readersOfFormerTopics: number;
  readonly rejections: number;
  readonly deadLetters: readonly DeadLetterCount[];
  readonly readAlarmTopic: () => Promise<AlarmTopic | undefined>;
}

export const runChecks = async (input: DoctorInput): Promise<DoctorFinding[]> => [
  ...(await runSiteChecks(input)),
  checkPrivacyPage(input.pages),
  checkRejections(input.rejections),
  ...checkDeadLetters(input.deadLetters),
  ...checkSchedules(input.publication, input.now),
  checkPause(input.paused),
  ...checkTopicReaders(input.readersOfFormerTopics),
  ...(await catchFailures('mail', () => runMailChecks(input))),
  ...(await catchFailures('alarms', () => runAlarmChecks(input))),
];

const runAlarmChecks = async ({ isLocal, readAlarmTopic }: DoctorInput): Promise<DoctorFinding[]> => [
  isLocal ? createReporter('alarms').notChecked('A local run has no alarms.') : checkAlarms(await readAlarmTopic()),
];

const runSiteChecks = async ({ fetch, site, newestArticleId, publication, builtForSite, isLocal }: DoctorInput) => {
  const [home, feeds] = await Promise.all([fetchHomePage(fetch, site), fetchFeeds(fetch, site)]);
  const settings = isLocal ? undefined : publication.site;
  return [
    checkSiteAddresses({ settings, functions: site, built: builtForSite }),
    checkHomePage(home),
    ...feeds.flatMap((feed) => checkFeed(feed, newestArticleId)),
  ];
};

const runMailChecks = async (input: DoctorInput): Promise<DoctorFinding[]> => {
  const { publication, ses, isLocal, subscribers, configurationSet } = input;
  if (publication.newsletter.mailer === 'smtp')
    return [
      createReporter('SES').notChecked('Another provider sends the mails: see there for quota, DKIM and bounces.'),
      ...(isLocal ? [] : await catchFailures('DMARC', () => runSmtpDmarcChecks(input))),
      ...findUnservedReaders(publication, subscribers),
    ];
  const account = await fetchSesAccount(ses);
  const quota = checkQuota(account, publication, subscribers);
  const events =
    configurationSet === undefined ? [] : [checkEvents(await fetchEventDestinations(ses, configurationSet))];
  if (isLocal)
    return [
      ...['sandbox', 'sending', 'sender', 'DKIM', 'MAIL FROM', 'DMARC'].map((check) =>
        createReporter(check).notChecked('The mailer of a local run accepts mail from any sender.'),
      ),
      ...quota,
      ...events,
    ];
  const sender = await fetchSenderIdentity(ses, publication.sender.email);
  return [
    ...checkAccount(account),
    checkSender(sender),
    ...(await catchFailures('DKIM', () => runIdentityRecordChecks(input, sender))),
    ...(await catchFailures('DMARC', () => runDmarcChecks(input, sender))),
    ...quota,
    ...events,
  ];
};

const runIdentityRecordChecks = async ({ resolver }: DoctorInput, sender: SenderIdentity): Promise<DoctorFinding[]> => {
  const records = await fetchIdentityRecords(resolver, sender);
  return [...checkDkim(sender, records), ...checkMailFrom(sender, records)];
};

const toSenderDomain = ({ sender }: Publication): string => sender.email.split('@').at(-1)?.toLowerCase() ?? '';

const runDmarcChecks = async (
  { resolver, publication }: DoctorInput,
  sender: SenderIdentity,
): Promise<DoctorFinding[]> => {
  const dmarc = await fetchDmarcWalk(resolver, publication.sender.email);
  const { domain, address } = sender;
  const isSigned =
    domain?.identity.DkimAttributes?.SigningEnabled && domain.identity.DkimAttributes.Status === 'SUCCESS';
  const mailFromAttributes = (domain?.identity ?? address)?.MailFromAttributes;
  return checkDmarc(dmarc, {
    from: toSenderDomain(publication),
    dkim: isSigned ? domain.name : undefined,
    mailFrom: mailFromAttributes?.MailFromDomainStatus === 'SUCCESS' ? mailFromAttributes.MailFromDomain : undefined,
  });
};

/** It is not known which domain another provider signs for. */
const runSmtpDmarcChecks = async ({ resolver, publication }: DoctorInput): Promise<DoctorFinding[]> => {
  const from = toSenderDomain(publication);
  const dmarc = await fetchDmarcWalk(resolver, publication.sender.email);
  return checkDmarc(dmarc, { from, dkim: from, mailFrom: from }).filter(({ check }) => check === 'DMARC');
};

/** Lets the other checks run where one fails. DNS that does not answer proves nothing. */
const catchFailures = async (check: string, runGroup: () => Promise<DoctorFinding[]>): Promise<DoctorFinding[]> => {
  try {
    return await runGroup();
  } catch (error) {
    const report = createReporter(check);
    if (error instanceof DnsUnavailableError)
      return [report.warning(error.message, 'Try again, or ask another server: npx seedpress doctor --dns 9.9.9.9.')];
    const action = 'Check that your credentials have the permissions in docs/operating.md#permissions.';
    return [report.problem(`The check failed: ${formatErrorMessage(error)}`, action)];
  }
};

export const formatFindings = (findings: readonly DoctorFinding[]): string[] => {
  const levels = Math.max(...findings.map(({ level }) => level.length));
  const checks = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ level, check, message, action }) => [
    `${level.padEnd(levels)}  ${check.padEnd(checks)}  ${message}`,
    ...(action === undefined ? [] : [`${' '.repeat(levels + checks + 4)}→ ${action}`]),
  ]);
  const count = (wanted: DoctorFinding['level']): number => findings.filter(({ level }) => level === wanted).length;
  const problems = formatCount(count('problem'), 'problem');
  const warnings = formatCount(count('warning'), 'warning');
  const sum = `${problems}, ${warnings}, ${count('ok')} ok, ${count('not checked')} not checked`;
  return [...lines, '', sum];
};
