import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { Cadence, Publication } from '../../../functions/core/publication.ts';
import { judgeAccount, judgeQuota } from './account.ts';
import { judgeSchedules } from './clock-changes.ts';
import { judgeDmarc } from './dmarc.ts';
import { judgeEvents } from './events.ts';
import { type Finding, notChecked, problem, warning } from './finding.ts';
import {
  gatherAccount,
  gatherDestinations,
  gatherDmarc,
  gatherIdentityRecords,
  gatherSender,
} from './gather-mail.ts';
import { gatherFeeds, gatherHome } from './gather-site.ts';
import { judgeDkim, judgeMailFrom, judgeSender, type Sender } from './identity.ts';
import { NoAnswer, type Resolver } from './resolver.ts';
import { judgeAddresses, judgeFeed, judgeHome } from './site.ts';
import { type DeadLetters, judgeAlarms, judgeDeadLetters, judgePause, judgeRejections } from './work.ts';

/** What is examined, and by what. */
export interface Patient {
  readonly publication: Publication;
  /** On a laptop the mailer trusts every sender, DNS knows nothing of it, and alarms go nowhere. */
  readonly isLocal: boolean;
  readonly now: Date;
  readonly ses: SESv2Client;
  readonly resolver: Resolver;
  readonly fetch: typeof fetch;
  /** The site's address, as the functions have it. */
  readonly site: string;
  readonly configurationSet?: string | undefined;
  /** What the table says. */
  readonly builtFor: string | undefined;
  /** The id of the article that arrived last. */
  readonly newest: string | undefined;
  readonly paused: { readonly at: string; readonly reason: string } | undefined;
  readonly subscribers: Readonly<Record<Cadence, number>>;
  readonly rejections: number;
  readonly deadLetters: readonly DeadLetters[];
  /** The alarm topic's e-mail subscriptions: an ARN, or `PendingConfirmation`. */
  readonly alarmSubscriptions: () => Promise<readonly string[]>;
}

/** Looks at everything, in the order in which a reader suffers from it. */
export const examine = async (patient: Patient): Promise<Finding[]> => [
  ...(await examineSite(patient)),
  judgeRejections(patient.rejections),
  ...judgeDeadLetters(patient.deadLetters),
  ...judgeSchedules(patient.publication, patient.now),
  judgePause(patient.paused),
  ...(await asking('mail', () => examineMail(patient))),
  ...(await asking('alarms', () => examineAlarms(patient))),
];

const examineAlarms = async ({ isLocal, alarmSubscriptions }: Patient): Promise<Finding[]> => [
  isLocal ? notChecked('alarms', 'A local run has no alarms.') : judgeAlarms(await alarmSubscriptions()),
];

const examineSite = async ({ fetch, site, newest, publication, builtFor, isLocal }: Patient) => {
  const [home, feeds] = await Promise.all([gatherHome(fetch, site), gatherFeeds(fetch, site)]);
  const settings = isLocal ? undefined : publication.site;
  return [
    judgeAddresses({ settings, functions: site, built: builtFor }),
    judgeHome(home),
    ...feeds.flatMap((feed) => judgeFeed(feed, newest)),
  ];
};

const examineMail = async (patient: Patient): Promise<Finding[]> => {
  const { publication, ses, isLocal, subscribers, configurationSet } = patient;
  if (publication.newsletter.mailer === 'smtp')
    return [
      notChecked('SES', 'Mails go by another provider, who knows of quota, DKIM and bounces.'),
      ...(isLocal ? [] : await asking('DMARC', () => examineDmarcAlone(patient))),
    ];
  const account = await gatherAccount(ses);
  const quota = judgeQuota(account, publication, subscribers);
  const events =
    configurationSet === undefined ? [] : [judgeEvents(await gatherDestinations(ses, configurationSet))];
  if (isLocal)
    return [
      ...['sandbox', 'sending', 'sender', 'DKIM', 'MAIL FROM', 'DMARC'].map((check) =>
        notChecked(check, 'The mailer of a local run takes mail from everybody.'),
      ),
      ...quota,
      ...events,
    ];
  const sender = await gatherSender(ses, publication.sender.email);
  return [
    ...judgeAccount(account),
    judgeSender(sender),
    ...(await asking('DKIM', () => examineRecords(patient, sender))),
    ...(await asking('DMARC', () => examineDmarc(patient, sender))),
    ...quota,
    ...events,
  ];
};

const examineRecords = async ({ resolver }: Patient, sender: Sender): Promise<Finding[]> => {
  const records = await gatherIdentityRecords(resolver, sender);
  return [...judgeDkim(sender, records), ...judgeMailFrom(sender, records)];
};

const domainOf = ({ sender }: Publication): string => sender.email.split('@').at(-1)?.toLowerCase() ?? '';

const examineDmarc = async ({ resolver, publication }: Patient, sender: Sender): Promise<Finding[]> => {
  const dmarc = await gatherDmarc(resolver, publication.sender.email);
  const { domain, address } = sender;
  const signs =
    domain?.identity.DkimAttributes?.SigningEnabled && domain.identity.DkimAttributes.Status === 'SUCCESS';
  const bounces = (domain?.identity ?? address)?.MailFromAttributes;
  return judgeDmarc(dmarc, {
    from: domainOf(publication),
    dkim: signs ? domain.name : undefined,
    mailFrom: bounces?.MailFromDomainStatus === 'SUCCESS' ? bounces.MailFromDomain : undefined,
  });
};

/** Of another provider it is not known what it signs by. */
const examineDmarcAlone = async ({ resolver, publication }: Patient): Promise<Finding[]> => {
  const from = domainOf(publication);
  const dmarc = await gatherDmarc(resolver, publication.sender.email);
  return judgeDmarc(dmarc, { from, dkim: from, mailFrom: from }).filter(({ check }) => check === 'DMARC');
};

/**
 * One thing that cannot be looked at keeps nobody from looking at the rest. DNS that does not answer is no proof of
 * anything.
 */
const asking = async (check: string, look: () => Promise<Finding[]>): Promise<Finding[]> => {
  try {
    return await look();
  } catch (error) {
    if (error instanceof NoAnswer)
      return [
        warning(
          check,
          error.message,
          'Try again, or ask another server: npx seedpress doctor --dns 9.9.9.9.',
        ),
      ];
    const message = error instanceof Error ? error.message : String(error);
    const todo = 'Look whether your credentials may do what docs/operating.md#permissions lists.';
    return [problem(check, `It could not be examined: ${message}`, todo)];
  }
};
